import { matchInquiry } from '~/domain/people'
import type { Handler } from '~jobs/handler'

/** Looks for people who may be the one who just came in. Weighing twice changes nothing: a pair has one row. */
export const matchPerson: Handler<'lead.captured'> = async (ctx, { payload }) => {
  await matchInquiry(ctx, { inquiryId: payload.inquiryId })
}
