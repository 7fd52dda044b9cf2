import { reckonClocks as reckon } from '~/domain/sla'
import type { Handler } from '~jobs/handler'

/** Hours, holidays or absences changed: clocks that run get the times that follow from them. */
export const reckonClocks: Handler<'calendar.changed'> = async (ctx) => {
  await reckon(ctx)
}
