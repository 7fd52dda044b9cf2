import * as z from 'zod'
import { saveView } from '~/domain/views'
import { viewScopes } from '~/domain/views/vocabulary'
import { redirectTo, submit } from '~/http'
import { refusedView, viewPath } from './views.path'

/** A new view; the list goes on as that view. */
export const action = submit({ permission: 'leads:read', form: z.object({ name: z.string().default(''), scope: z.enum(viewScopes).default('personal'), search: z.string().default('') }) }, ({ ctx, input }) =>
  refusedView(async () => redirectTo(viewPath((await saveView(ctx, input)).viewId))))
