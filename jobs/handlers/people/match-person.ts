import { matchInquiry } from '~/domain/people'
import type { BatchHandler, Handler } from '~jobs/handler'

/** Looks for people who may be the one who just came in. Weighing twice changes nothing: a pair has one row. */
export const matchPerson: Handler<'lead.captured'> = async (ctx, { payload }) => {
  await matchInquiry(ctx, { inquiryId: payload.inquiryId })
}

/** The same for those who came together: one job, each in a transaction of its own, because weighing twice changes nothing. */
export const matchPeople: BatchHandler<'lead.captured'> = async (ctx, events) => {
  for (const { payload } of events) await matchInquiry(ctx, { inquiryId: payload.inquiryId })
}
