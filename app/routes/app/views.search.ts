import * as z from 'zod'
import { changeView } from '~/domain/views'
import { redirectTo, submit } from '~/http'
import { refusedView, viewPath } from './views.path'

/** What is seen, written over the view. */
export const action = submit({ permission: 'leads:read', form: z.object({ search: z.string().default('') }) }, ({ ctx, input, params }) =>
  refusedView(async () => redirectTo(viewPath((await changeView(ctx, { viewId: params['viewId'] as never, search: input.search })).viewId))))
