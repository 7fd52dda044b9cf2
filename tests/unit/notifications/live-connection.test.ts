import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLiveConnection } from '~/ui/live/live-connection'

type Fake = { address: string; closed: boolean; onopen?: () => void; onerror?: () => void; onmessage?: (message: { lastEventId: string; data: string }) => void; close: () => void }
let opened: Fake[]
let hidden: boolean
let changed: () => void

beforeEach(() => {
  vi.useFakeTimers()
  opened = []
  hidden = false
})
afterEach(() => void vi.useRealTimers())

const connection = () =>
  createLiveConnection({
    open(address) {
      const fake: Fake = { address, closed: false, close: () => { fake.closed = true } }
      opened.push(fake)
      return fake as unknown as EventSource
    },
    isHidden: () => hidden,
    onVisibility(heard) {
      changed = heard
      return () => undefined
    },
  })
const say = (source: Fake | undefined, lastEventId: string, kind = 'lead.changed') => source?.onmessage?.({ lastEventId, data: JSON.stringify({ kind, id: 'lead_1' }) })

test('all who listen share one stream, closed after the last', () => {
  const live = connection()
  const [first, second] = [vi.fn(), vi.fn()]
  const [stopFirst, stopSecond] = [live.listen(first), live.listen(second)]
  expect(opened).toHaveLength(1)
  say(opened[0], '5')
  expect(first).toHaveBeenCalledTimes(1)
  expect(second).toHaveBeenCalledTimes(1)
  stopFirst()
  expect(opened[0]?.closed).toBe(false)
  stopSecond()
  expect(opened[0]?.closed).toBe(true)
})

test('an event told twice is heard once; a stream that broke resumes after the last, with growing pauses', () => {
  const live = connection()
  const hear = vi.fn()
  live.listen(hear)
  say(opened[0], '5')
  say(opened[0], '5')
  expect(hear).toHaveBeenCalledTimes(1)
  opened[0]?.onerror?.()
  vi.advanceTimersByTime(1_000)
  expect(opened[1]?.address).toBe('/api/live?last=5')
  opened[1]?.onerror?.()
  vi.advanceTimersByTime(999)
  expect(opened).toHaveLength(2)
  vi.advanceTimersByTime(1_001)
  expect(opened).toHaveLength(3)
  say(opened[2], '5')
  say(opened[2], '6')
  expect(hear).toHaveBeenCalledTimes(2)
})

test('a hidden tab gives its stream back after a while and takes it up where it was', () => {
  const live = connection()
  live.listen(vi.fn())
  say(opened[0], '9')
  hidden = true
  changed()
  vi.advanceTimersByTime(29_000)
  expect(opened[0]?.closed).toBe(false)
  vi.advanceTimersByTime(1_001)
  expect(opened[0]?.closed).toBe(true)
  hidden = false
  changed()
  expect(opened[1]?.address).toBe('/api/live?last=9')
})
