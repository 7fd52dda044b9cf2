import { removeHours } from '~/domain/orgs'
import { RemoveHours } from '~/domain/orgs/contract'
import { backTo, submit } from '~/http'

/** Own hours of a team or member, taken away. */
export const action = submit({ permission: 'settings:write', form: RemoveHours }, async ({ ctx, input }) => backTo('/settings/hours', () => removeHours(ctx, input)))
