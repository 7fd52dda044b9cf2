import * as z from 'zod'
import { deleteView } from '~/domain/views'
import { redirectTo, submit } from '~/http'
import { refusedView } from './views.path'

/** Back to all leads, where it can be undone. */
export const action = submit({ permission: 'leads:read', form: z.object({}) }, ({ ctx, params }) =>
  refusedView(async () => redirectTo(`/leads?layout=table&deleted=${(await deleteView(ctx, { viewId: params['viewId'] as never })).viewId}`)))
