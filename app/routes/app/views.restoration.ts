import * as z from 'zod'
import { restoreView } from '~/domain/views'
import { redirectTo, submit } from '~/http'
import { refusedView, viewPath } from './views.path'

export const action = submit({ permission: 'leads:read', form: z.object({}) }, ({ ctx, params }) =>
  refusedView(async () => redirectTo(viewPath((await restoreView(ctx, { viewId: params['viewId'] as never })).viewId))))
