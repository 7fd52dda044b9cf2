import { matchInquiries, matchInquiry } from '~/domain/people'
import type { BatchHandler, Handler } from '~jobs/handler'

/** Looks for people who may be the one who just came in. Weighing twice changes nothing: a pair has one row. */
export const matchPerson: Handler<'lead.captured'> = async (ctx, { payload }) => {
  await matchInquiry(ctx, { inquiryId: payload.inquiryId })
}

/** The same for those who came together: one lookup and one write for the lot. */
export const matchPeople: BatchHandler<'lead.captured'> = async (ctx, events) => {
  await matchInquiries(ctx, { inquiryIds: [...new Set(events.map(({ payload }) => payload.inquiryId))] })
}
