import { setReportPlan } from '~/domain/analytics'
import { SetReportPlan } from '~/domain/analytics/contract'
import { backTo, submit } from '~/http'

export const action = submit({ permission: 'targets:write', form: SetReportPlan }, async ({ ctx, input }) =>
  backTo('/settings/targets', () => setReportPlan(ctx, input), () => '/settings/targets?saved=1'))
