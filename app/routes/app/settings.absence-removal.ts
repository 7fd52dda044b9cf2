import { removeAbsence } from '~/domain/orgs'
import { RemoveAbsence } from '~/domain/orgs/contract'
import { backTo, submit } from '~/http'

/** An absence taken back. */
export const action = submit({ permission: 'absences:write', form: RemoveAbsence }, async ({ ctx, input }) => backTo('/settings/hours', () => removeAbsence(ctx, input)))
