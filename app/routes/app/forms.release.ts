import * as z from 'zod'
import { releaseSubmission } from '~/domain/capture'
import { submit } from '~/http'

/** Lets a submission out of quarantine. */
export const action = submit({ permission: 'sources:write', form: z.object({}) }, ({ ctx, params }) => releaseSubmission(ctx, { deliveryId: params['submissionId'] as never }))
