import { sql } from 'drizzle-orm'
import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { query } from '../../kernel'
import { connectorOf } from '../connectors/registry'
import { receiptOf } from '../receipt'
import { sourceKeys } from '../source-keys'
import type { HoldReason, SubmissionState } from '../vocabulary'
import { ListSubmissions } from '../contract'

/** A submission as whoever decides about it needs to see it. Its words are null where they were erased. */
export type SubmissionRow = {
  deliveryId: Id<'dlv'>; receipt: string; at: Date; state: SubmissionState; reasons: HoldReason[]
  who: { name: string; company: string; contacts: string[]; message: string } | null
}
type Row = { delivery_id: string; source_id: string; at: string; state: SubmissionState; reasons: HoldReason[]; headers: Record<string, string> | null; body: Uint8Array | null }

/** Submissions of a form in one state, newest first, a page at a time. What is of another organisation is not there. */
export const listFormSubmissions = query({
  name: 'form.list-submissions',
  permission: 'sources:write',
  input: ListSubmissions,
  async run({ tx, ctx, input: { formId, state, after, limit } }): Promise<SubmissionRow[]> {
    const rows = await tx.execute<Row>(sql`
      select b.delivery_id, f.source_id, b.at, b.state, b.reasons, k.headers, k.body
      from form_submissions b
      join forms f on f.org_id = b.org_id and f.id = b.form_id
      left join delivery_bodies k on k.org_id = b.org_id and k.delivery_id = b.delivery_id
      where b.org_id = ${toUuid(ctx.orgId)} and b.form_id = ${toUuid(formId)} and b.state = ${state} and (${after === null} or b.delivery_id < ${after === null ? null : toUuid(after)})
      order by b.delivery_id desc limit ${limit}`)
    const [first] = rows
    if (!first) return []
    const keys = await sourceKeys(ctx, fromUuid('src', first.source_id))
    return rows.map((row) => {
      const mapped = row.body === null ? null : connectorOf('form').map({ raw: row.body, headers: row.headers ?? {}, way: 'form' }, keys)
      const draft = mapped !== null && 'leads' in mapped ? mapped.leads[0] : undefined
      const deliveryId = fromUuid('dlv', row.delivery_id)
      const name = draft === undefined ? '' : (draft.fullName ?? [draft.givenName, draft.familyName].filter((part) => part !== null).join(' '))
      return {
        deliveryId, receipt: receiptOf(deliveryId), at: new Date(row.at), state: row.state, reasons: row.reasons,
        who: draft === undefined ? null : { name, company: draft.company ?? '', contacts: [...draft.phones, ...draft.emails], message: (draft.message ?? '').slice(0, 600) },
      }
    })
  },
})
