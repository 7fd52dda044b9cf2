import { expect, test } from 'vitest'
import { handlers } from '~jobs/handlers/registry'
import { ATTEMPTS, FIRST_RETRY_MS, queues } from '~jobs/queues'
import { jobId } from '~jobs/relay'
import { reasonOf } from '~jobs/run-job'
import { handlerNames, subscriptions } from '~jobs/subscriptions'
import { newId } from '~/lib/ids'

test('every handler is started by an event, and runs on a queue there is', () => {
  const started = new Set(Object.values(subscriptions).flat())
  expect([...started].sort()).toEqual([...handlerNames].sort())
  for (const name of handlerNames) expect(Object.keys(queues)).toContain(handlers[name].queue)
})

test('every handler can be loaded', async () => {
  for (const name of handlerNames) expect(typeof (await handlers[name].load())).toBe('function')
})

test('a job id is neither a number nor holds a colon, which BullMQ refuses', () => {
  for (const name of handlerNames) expect(jobId({ id: newId('evt') }, name)).toMatch(/^ob-[0-9a-f-]{36}-[a-z-]+$/)
})

test('eight tries take about two minutes at most: 1 + 2 + 4 + 8 + 16 + 32 + 64 s', () => {
  const pauses = Array.from({ length: ATTEMPTS - 1 }, (_, index) => FIRST_RETRY_MS * 2 ** index)
  expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBe(127_000)
})

test('a reason names the error and its code, never its message', () => {
  const database = Object.assign(new Error('Key (email)=(zhang@example.com) exists'), { code: '23505' })
  expect(reasonOf(database)).toBe('Error 23505')
  expect(reasonOf(new TypeError('wrong', { cause: database }))).toBe('TypeError: Error 23505')
  expect(reasonOf('text of a person')).toBe('thrown value')
})
