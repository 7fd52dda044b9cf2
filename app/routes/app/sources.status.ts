import * as z from 'zod'
import { pauseSource, resumeSource } from '~/domain/capture'
import { sourceStatuses } from '~/domain/capture/vocabulary'
import { submit } from '~/http'

export const action = submit({ permission: 'sources:write', form: z.object({ status: z.enum(sourceStatuses) }) }, ({ ctx, input, params }) =>
  (input.status === 'paused' ? pauseSource : resumeSource)(ctx, { sourceId: params['sourceId'] as never }),
)
