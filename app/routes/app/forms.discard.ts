import * as z from 'zod'
import { discardSubmission } from '~/domain/capture'
import { submit } from '~/http'

/** Decides that a submission is no lead; its proof stays. */
export const action = submit({ permission: 'sources:write', form: z.object({}) }, ({ ctx, params }) => discardSubmission(ctx, { deliveryId: params['submissionId'] as never }))
