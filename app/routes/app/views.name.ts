import * as z from 'zod'
import { renameView } from '~/domain/views'
import { viewScopes } from '~/domain/views/vocabulary'
import { redirectTo, submit } from '~/http'
import { refusedView, viewPath } from './views.path'

export const action = submit({ permission: 'leads:read', form: z.object({ name: z.string().default(''), scope: z.enum(viewScopes).optional() }) }, ({ ctx, input, params }) =>
  refusedView(async () => redirectTo(viewPath((await renameView(ctx, { viewId: params['viewId'] as never, ...input })).viewId))))
