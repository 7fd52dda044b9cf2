import { Hono } from 'hono'
import { calendarFeed } from '~/domain/tasks'
import { admit, requestFacts } from '~/http'

/** A member's tasks for a calendar program. The address is the key: unknown, ended and a stranger's look alike. */
export const calendar = new Hono().get('/:file', async (c) => {
  const { ip, now, requestId } = requestFacts()
  await admit('receipt', ip)
  const file = c.req.param('file')
  const text = file.endsWith('.ics') ? await calendarFeed(file.slice(0, -4), now, requestId) : null
  if (text === null) return c.text('Not found', 404, { 'Cache-Control': 'no-store' })
  return c.body(text, 200, { 'Content-Type': 'text/calendar; charset=utf-8', 'Cache-Control': 'private, no-store', 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' })
})
