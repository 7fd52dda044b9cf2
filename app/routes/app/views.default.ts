import * as z from 'zod'
import { listViews, setDefaultView } from '~/domain/views'
import { DomainError } from '~/domain/kernel'
import { redirectTo, submit } from '~/http'
import { refusedView, viewPath } from './views.path'

/** The view that the list opens with, or no longer. */
export const action = submit({ permission: 'leads:read', form: z.object({ is: z.enum(['yes', 'no']) }) }, ({ ctx, input, params }) =>
  refusedView(async () => {
    const viewId = params['viewId'] as never
    if (!(await listViews(ctx, {})).some(({ id }) => id === viewId)) throw new DomainError('not-found')
    await setDefaultView(ctx, { viewId: input.is === 'yes' ? viewId : null })
    return redirectTo(viewPath(viewId))
  }))
