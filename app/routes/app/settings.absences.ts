import { addAbsence } from '~/domain/orgs'
import { AddAbsence } from '~/domain/orgs/contract'
import { clock } from '~/lib/hours-text'
import { backTo, submit } from '~/http'

/** An absence, one's own or another's. */
export const action = submit({ permission: 'absences:write', form: AddAbsence }, async ({ ctx, input }) =>
  backTo('/settings/hours', () => addAbsence(ctx, { ...input, fromTime: input.fromTime === null ? null : clock(input.fromTime), toTime: input.toTime === null ? null : clock(input.toTime) })),
)
