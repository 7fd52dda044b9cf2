import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Id } from '~/lib/ids'
import { assignmentReceipts, members } from '~db/schema'
import { DomainError, query } from '../kernel'
import { canSeeLead } from '../leads'
import { LeadReceipts } from './contract'
import type { Candidate, LookedAt } from './decide-assignment'
import type { ReceiptKind } from './vocabulary'

export type AssignmentReceipt = {
  id: Id<'asr'>; at: Date; kind: ReceiptKind; rule: string | null; chosen: string | null; policyVersion: number | null
  looked: LookedAt[]; candidates: (Candidate & { name: string })[]
}

/** Why a lead went where it went: newest first, at most 20, with names. Refuses: not-found (also where not visible). */
export const receiptsOfLead = query({
  name: 'assignment.receipts',
  permission: 'leads:read',
  input: LeadReceipts,
  async run({ tx, ctx, input: { leadId } }): Promise<AssignmentReceipt[]> {
    if (!(await canSeeLead(ctx, leadId))) throw new DomainError('not-found')
    const rows = await tx.select().from(assignmentReceipts).where(and(eq(assignmentReceipts.leadId, leadId))).orderBy(desc(assignmentReceipts.at), desc(assignmentReceipts.id)).limit(20)
    const ids = [...new Set(rows.flatMap(({ chosenId, candidates }) => [...(chosenId === null ? [] : [chosenId]), ...(candidates as Candidate[]).map(({ memberId }) => memberId)]))]
    const known = ids.length === 0 ? [] : await tx.select({ id: members.id, name: members.name }).from(members).where(inArray(members.id, ids))
    const names = new Map(known.map(({ id, name }) => [id, name]))
    return rows.map(({ id, at, kind, rule, chosenId, policyVersion, looked, candidates }) => ({
      id, at, kind, policyVersion, chosen: chosenId === null ? null : (names.get(chosenId) ?? ''), looked: looked as LookedAt[],
      rule: rule === null ? null : ((looked as LookedAt[]).find((each) => each.rule === rule)?.name ?? rule),
      candidates: (candidates as Candidate[]).map((each) => ({ ...each, name: names.get(each.memberId) ?? '' })),
    }))
  },
})
