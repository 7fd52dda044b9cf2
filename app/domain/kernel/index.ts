/** Kernel: the one way to write, to read and to tell. Invariant: a change, its audit row and its events commit together. */
export { auditIn, changesOf, type Audit } from './audit'
export { command, emitAllIn, emitIn, query, type Verb } from './command'
export { actorId, can, memberOf, systemContext, type Actor, type Context, type UserActor } from './context'
export { DomainError, isRefusal, refusals, type FieldProblems, type Refusal } from './errors'
export type { Emit, EmitAll, EventName, Events } from './events'
export { inTransaction, reading } from './transaction'
export {
  claimEvents, forgetSettledEvents, handledOf, markHandled, outboxState, receiptOf, relayAgain, settleEvent, unsettledEvents, wasHandled, type RelayedEvent, type Sent,
} from './outbox'
export { expireIdempotencyKeys } from './expire-idempotency-keys'
export { answerOnce, type KeptAnswer } from './answer-once'
