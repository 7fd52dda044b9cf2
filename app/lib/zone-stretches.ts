/** A time during which a zone's clocks keep one distance from UTC. Milliseconds; `from` ≤ t < `until`; local = t + `offset`. */
export type Stretch = Readonly<{ from: number; until: number; offset: number }>

const DAY = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()
const years = new Map<string, readonly Stretch[]>()

/** The stretch around a moment, at most to the end of its year (UTC), so that a summer has two. Throws RangeError for an unknown zone. */
export function stretchAt(at: number, timeZone: string): Stretch {
  const year = new Date(at).getUTCFullYear()
  const key = `${timeZone} ${String(year)}`
  let stretches = years.get(key)
  if (stretches === undefined) {
    stretches = stretchesOf(year, timeZone)
    years.set(key, stretches)
  }
  const found = stretches.find(({ until }) => at < until)
  if (found === undefined) throw new RangeError('Not a moment')
  return found
}

/** How far a zone's clocks are ahead of UTC at a moment, in milliseconds. */
export function offsetAt(at: number, timeZone: string): number {
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = formatOf(timeZone).format(at).match(/\d+/g)?.map(Number) ?? []
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  })
  formats.set(timeZone, made)
  return made
}

// No zone changes its clocks twice between two midnights: each day is looked at once, and a change is found by halving.
function stretchesOf(year: number, timeZone: string): readonly Stretch[] {
  const end = Date.UTC(year + 1, 0, 1)
  const stretches: Stretch[] = []
  let from = Date.UTC(year, 0, 1)
  let offset = offsetAt(from, timeZone)
  for (let day = from; day < end; day += DAY) {
    const next = Math.min(day + DAY, end)
    const after = offsetAt(next, timeZone)
    if (after === offset) continue
    const until = changeBetween(day, next, offset, timeZone)
    stretches.push({ from, until, offset })
    from = until
    offset = after
  }
  if (from < end) stretches.push({ from, until: end, offset })
  return stretches
}

function changeBetween(before: number, after: number, offset: number, timeZone: string): number {
  let [low, high] = [before, after]
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2_000) * 1_000
    if (offsetAt(middle, timeZone) === offset) low = middle
    else high = middle
  }
  return high
}
