import { removeWorkDay } from '~/domain/orgs'
import { RemoveWorkDay } from '~/domain/orgs/contract'
import { backTo, submit } from '~/http'

/** A day that no longer differs. */
export const action = submit({ permission: 'settings:write', form: RemoveWorkDay }, async ({ ctx, input }) => backTo('/settings/hours', () => removeWorkDay(ctx, input)))
