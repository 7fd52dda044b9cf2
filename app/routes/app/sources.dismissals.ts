import { dismissSourceAlarm } from '~/domain/capture'
import { OneAlarm } from '~/domain/capture/contract'
import { doneOrBack, submit } from '~/http'

/** Says that a source is well as it is: one of its alarms is closed. */
export const action = submit({ permission: 'sources:write', form: OneAlarm }, async ({ ctx, input, params, request }) => {
  await dismissSourceAlarm(ctx, input)
  return doneOrBack(request, `/sources/${params['sourceId']}`, null)
})
