import { and, desc, eq } from 'drizzle-orm'
import { formatMinor, parseMoney } from '~/lib/money'
import { fromUuid, isId, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { auditEntries, members, organisations } from '~db/schema'
import { command, DomainError, type Context } from '../kernel'
import { changeOwnership } from './change-ownership'
import { EditLead } from './contract'
import { setNextStep } from './edit-next-step'
import { fieldNamed, shownOf, storedValue, type FieldValue } from './field-values'
import { lockedLead, stageOf, type LeadRow } from './locked-lead'
import { moveStage } from './move-stage'
import { setLeadField } from './set-lead-field'
import type { StageState } from './stage-state'
import { grades, type EditableField } from './vocabulary'

type Work = { ctx: Context & { tx: Tx }; lead: LeadRow; state: StageState; value: FieldValue }
type Editor = { now: (work: Work) => Promise<string> | string; write: (work: Work) => Promise<{ version: number }> }

/**
 * Edits one field of a lead in place. `was` is what the one who edits saw: where somebody changed this very field since
 * `version`, nothing is written. Amounts are decimals of the lead's currency, moments ISO, owners ids. Refuses: not-found,
 * stale {theirs, yours, by, at, version}, not-graded, lead-closed, invalid, and what the field's own verb refuses.
 */
export const editLead = command({
  name: 'lead.edit',
  permission: 'leads:write',
  input: EditLead,
  async run({ tx, ctx, input }): Promise<{ version: number }> {
    const lead = await lockedLead(tx, ctx, input.leadId)
    const work = { ctx, lead, state: await stageOf(tx, lead), value: input.value }
    const editor = isId('cf', input.field) ? customEditor(input.field) : editors[input.field as EditableField]
    const now = await editor.now(work)
    const wanted = asText(input.value)
    if (now === wanted) return { version: lead.version }
    if (lead.version !== input.version && now !== input.was && !input.force) throw await staleEdit(tx, lead, { theirs: now, yours: wanted, field: input.field })
    const { version } = await editor.write(work)
    return { version }
  },
})

const asText = (value: FieldValue): string => (Array.isArray(value) ? [...value].sort().join(',') : (value ?? ''))

const editors: Record<EditableField, Editor> = {
  owner: {
    now: ({ lead }) => lead.ownerId ?? '',
    write: ({ ctx, lead, value }) => changeOwnership(ctx, { leadId: lead.id, to: value === null || value === '' ? null : (value as Id<'mem'>) }),
  },
  next: {
    now: ({ lead }) => lead.nextStepAt?.toISOString() ?? '',
    write: ({ ctx, lead, value }) => {
      const at = value === null || value === '' ? null : new Date(asText(value))
      if (at !== null && Number.isNaN(at.getTime())) throw new DomainError('invalid', { fields: { value: ['not-a-moment'] } })
      return setNextStep(ctx, lead, at)
    },
  },
  grade: {
    now: ({ state }) => state.grade ?? '',
    write: async ({ ctx, lead, state, value }) => {
      const grade = grades.find((known) => known === value)
      if (grade === undefined) throw new DomainError('grade-missing', { fields: { value: ['required'] } })
      return regrade(ctx, lead, state, { grade })
    },
  },
  amount: {
    now: ({ state }) => (state.expectedAmount === null ? '' : formatMinor(state.expectedAmount, state.expectedCurrency ?? 'CNY')),
    write: async ({ ctx, lead, state, value }) => {
      const [org] = await ctx.tx.select({ currency: organisations.currency }).from(organisations)
      const currency = state.expectedCurrency ?? org?.currency ?? 'CNY'
      const amount = parseMoney(asText(value), currency)
      if (amount === null || amount < 0n) throw new DomainError('invalid', { fields: { value: ['not-an-amount'] } })
      return regrade(ctx, lead, state, { amount, currency })
    },
  },
}

/** Grade and expected amount belong to the stage "graded": before it, the move itself asks for them. */
async function regrade(ctx: Context, lead: LeadRow, state: StageState, change: { grade?: StageState['grade'] & string; amount?: bigint; currency?: string }): Promise<{ version: number }> {
  if (state.stage !== 'graded') throw new DomainError('not-graded')
  return moveStage(ctx, {
    leadId: lead.id, to: 'graded', grade: change.grade ?? state.grade ?? undefined, amount: change.amount ?? state.expectedAmount ?? undefined,
    currency: change.currency ?? state.expectedCurrency ?? undefined, month: state.expectedMonth ?? undefined,
  })
}

const customEditor = (fieldId: Id<'cf'>): Editor => ({
  now: async ({ ctx, lead }) => asText(shownOf(await fieldNamed(ctx.tx, fieldId), await storedValue(ctx.tx, lead.id, fieldId))),
  write: ({ ctx, lead, value }) => setLeadField(ctx, { leadId: lead.id, fieldId, value }),
})

/** Both values, and who was first: the newest entry of the log about this lead. */
async function staleEdit(tx: Tx, lead: LeadRow, { theirs, yours, field }: { theirs: string; yours: string; field: string }): Promise<DomainError> {
  const [last] = await tx.select({ at: auditEntries.at, actorId: auditEntries.actorId }).from(auditEntries)
    .where(and(eq(auditEntries.orgId, lead.orgId), eq(auditEntries.subject, lead.id))).orderBy(desc(auditEntries.id)).limit(1)
  const memberId = last?.actorId ?? null
  const [member] = isId('mem', memberId) ? await tx.select({ name: members.name }).from(members).where(eq(members.id, fromUuid('mem', toUuid(memberId)))) : []
  return new DomainError('stale', { params: { theirs, yours, field, by: member?.name ?? '', at: last?.at.toISOString() ?? '', version: lead.version } })
}
