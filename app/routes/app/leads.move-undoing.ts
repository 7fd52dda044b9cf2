import * as z from 'zod'
import { undoMove } from '~/domain/leads'
import { submit } from '~/http'

export const action = submit({ permission: 'leads:write', form: z.object({}) }, ({ ctx, params, request }) => undoMove(ctx, { moveId: (params['moveId'] ?? new URL(request.url).searchParams.get('move')) as never }))
