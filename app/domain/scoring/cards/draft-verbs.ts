import { eq } from 'drizzle-orm'
import * as z from 'zod'
import type { Id } from '~/lib/ids'
import { scoreCards } from '~db/schema'
import { command, DomainError } from '../../kernel'
import { idOf, line } from '../../kernel/contract'
import { CardTerms, openFaults, templateKeys, type CardFault, type CardRef } from '../contract'
import { addDraft, cardNamed, emptyTerms, lockedDraft } from './card-rows'
import { digestOf } from './digest'
import { faultsOf } from './faults'
import { knownValues } from './known-values'
import { refuseFaults } from './refuse-faults'
import { cardTemplates } from './templates'

const cardId = idOf('scd')
const note = line(200).nullable()
const From = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('empty') }), z.object({ kind: z.literal('template'), template: z.enum(templateKeys) }), z.object({ kind: z.literal('card'), cardId }),
])

/** Makes a draft: empty, from a template, or from what any version says. Answers its version. Refuses not-found, too-many (twenty drafts). */
export const createCard = command({
  name: 'score-card.create',
  permission: 'scoring:write',
  input: z.object({ from: From, note: note.optional() }),
  async run({ tx, ctx, input, emit, audit }): Promise<CardRef> {
    const begun = input.from.kind === 'card' ? copyOf(await cardNamed(tx, input.from.cardId)) : { kind: 'hand' as const, basedOn: null, lesson: null, terms: startOf(input.from) }
    const card = await addDraft(ctx, { ...begun, note: input.note ?? null })
    await audit(card.cardId, { after: { kind: begun.kind, version: card.version, from: begun.basedOn ?? input.from.kind } })
    await emit('card.changed', { cardId: card.cardId })
    return card
  },
})

const startOf = (from: z.output<typeof From>): CardTerms => (from.kind === 'template' ? (cardTemplates.find(({ key }) => key === from.template)?.terms ?? emptyTerms) : emptyTerms)

// A copy of a learned card has seen the leads it was learned from: it is tested on none of them either.
function copyOf({ id, kind, terms, lesson }: Awaited<ReturnType<typeof cardNamed>>) {
  const isLearned = kind === 'learned' && lesson?.state === 'done'
  return { kind: isLearned ? ('learned' as const) : ('hand' as const), basedOn: id, lesson: isLearned ? lesson : null, terms }
}

/** Makes a new draft of a retired version. Refuses not-found, card-not-retired, too-many. */
export const restoreCard = command({
  name: 'score-card.restore',
  permission: 'scoring:write',
  input: z.object({ cardId }),
  async run({ tx, ctx, input, emit, audit }): Promise<CardRef> {
    const old = await cardNamed(tx, input.cardId)
    if (old.state !== 'retired') throw new DomainError('card-not-retired')
    const card = await addDraft(ctx, { ...copyOf(old), note: old.note })
    await audit(card.cardId, { after: { kind: old.kind, version: card.version, from: old.id } })
    await emit('card.changed', { cardId: card.cardId })
    return card
  },
})

/**
 * Changes a draft: its terms as a whole, its note. `digest` is that of the terms it was made from. Answers the new digest and what still keeps
 * it from being published. Refuses not-found, card-not-draft, stale, conflict (it is being learned), card-faulty with the lines at fault.
 */
export const changeCard = command({
  name: 'score-card.change',
  permission: 'scoring:write',
  input: z.object({ cardId, digest: z.string().max(64), terms: CardTerms.optional(), note: note.optional() }),
  async run({ tx, ctx, input, emit, audit }): Promise<{ cardId: Id<'scd'>; digest: string; faults: CardFault[] }> {
    const draft = await lockedDraft(tx, input.cardId)
    if (draft.lesson?.state === 'asked') throw new DomainError('conflict')
    const before = digestOf(draft.terms)
    if (input.digest !== before) throw new DomainError('stale')
    const terms = input.terms ?? draft.terms
    const digest = digestOf(terms)
    const faults = faultsOf(terms, await knownValues(tx))
    if (input.terms !== undefined) refuseFaults(faults.filter(({ code }) => !openFaults.has(code)))
    // Chances were fitted to the points as they were.
    const calibration = digest === before ? draft.terms.calibration : null
    await tx.update(scoreCards).set({ terms: { ...terms, calibration }, note: input.note === undefined ? draft.note : input.note, changedAt: ctx.now }).where(eq(scoreCards.id, draft.id))
    await audit(draft.id, { before: { version: draft.version, terms: before, note: draft.note }, after: { version: draft.version, terms: digest, note: input.note === undefined ? draft.note : input.note } })
    await emit('card.changed', { cardId: draft.id })
    return { cardId: draft.id, digest, faults }
  },
})

/** Throws a draft away. Refuses not-found, card-not-draft: what was published stays for ever. */
export const discardCard = command({
  name: 'score-card.discard',
  permission: 'scoring:write',
  input: z.object({ cardId }),
  async run({ tx, input, emit, audit }): Promise<{ cardId: Id<'scd'> }> {
    const { id, kind, version } = await lockedDraft(tx, input.cardId)
    await tx.delete(scoreCards).where(eq(scoreCards.id, id))
    await audit(id, { before: { kind, version } })
    await emit('card.changed', { cardId: id })
    return { cardId: id }
  },
})
