import { addWorkDays } from '~/domain/orgs'
import { AddWorkDays } from '~/domain/orgs/contract'
import { backTo, submit } from '~/http'

/** Holidays and extra working days, pasted. */
export const action = submit({ permission: 'settings:write', form: AddWorkDays }, async ({ ctx, input }) => backTo('/settings/hours', () => addWorkDays(ctx, input)))
