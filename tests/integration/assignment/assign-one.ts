import { assignLeads, type Assigned } from '~/domain/assignment'
import type { Context } from '~/domain/kernel'
import type { Id } from '~/lib/ids'

/** Assigns one lead that came in alone. */
export async function assignOne(ctx: Context, arrival: { leadId: Id<'lead'>; eventKey: string }): Promise<Assigned> {
  const [assigned] = await assignLeads(ctx, { arrivals: [arrival] })
  if (assigned === undefined) throw new Error('No answer for the one lead.')
  return assigned
}
