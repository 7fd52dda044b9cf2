/** How many messages came in one hour; `at` is the hour's beginning in milliseconds, UTC. Hours without any are left out. */
export type HourCount = { at: number; count: number }

/**
 * When a source usually speaks: how many messages are expected in each of the 168 hours of a week (UTC, Monday first),
 * and how many may be missed in a row before it is called silent.
 */
export type Rhythm = { weekly: readonly number[]; threshold: number; count: number }

const HOUR_MS = 3_600_000
const WEEK_HOURS = 168
const WEEK_MS = WEEK_HOURS * HOUR_MS
/** 1 January 1970 was a Thursday: hours of the week are counted from a Monday. */
const MONDAY_SHIFT_HOURS = 72
const LEAST_MESSAGES = 20
const LEAST_HOURS = 10
/** A shorter pause is nothing, however busy the source. */
const LEAST_SILENCE_MS = 30 * 60_000
const MARGIN = 4
const WORST_FACTOR = 1.25
/** How many messages come together as long as nobody knows: in the first week no hour was seen twice. */
const UNKNOWN_BURST = 3

const hourOfWeek = (at: number): number => (Math.floor(at / HOUR_MS) + MONDAY_SHIFT_HOURS) % WEEK_HOURS

/**
 * Learns a rhythm from the hours of the last weeks; null where there is too little to learn from. Were messages to
 * come independently, a pause in which E are expected happens by chance once in e^E pauses: with as many pauses as
 * messages, ln(count) + 4 gives a false alarm in every fiftieth period of learning. Real ones come in bursts: how much
 * more the hours vary than chance says (their index of dispersion) is how many come together, and E counts bursts.
 * The second longest pause of its past raises it further: the second, because the longest may have been an outage.
 */
export function learnRhythm(hours: readonly HourCount[], from: number, until: number): Rhythm | null {
  const inside = hours.filter(({ at, count }) => count > 0 && at + HOUR_MS > from && at < until).sort((a, b) => a.at - b.at)
  const count = inside.reduce((sum, hour) => sum + hour.count, 0)
  const [first] = inside
  if (first === undefined || count < LEAST_MESSAGES || inside.length < LEAST_HOURS) return null
  const weekly = Array.from({ length: WEEK_HOURS }, () => 0)
  for (const hour of inside) weekly[hourOfWeek(hour.at)] = (weekly[hourOfWeek(hour.at)] ?? 0) + hour.count / timesSeen(hour.at, first.at, until)
  const pauses = inside.slice(1).map((hour, i) => expectedBetween(weekly, (inside[i]?.at ?? hour.at) + HOUR_MS, hour.at)).sort((a, b) => b - a)
  const burst = dispersion(inside, weekly, first.at, until)
  return { weekly, count, threshold: Math.max(burst * (Math.log(Math.max(1, count / burst)) + MARGIN), (pauses[1] ?? 0) * WORST_FACTOR) }
}

// The variance of the hours over their mean, each around what its hour of the week usually brings. Hours seen once say nothing.
function dispersion(inside: readonly HourCount[], weekly: readonly number[], first: number, until: number): number {
  const counts = new Map(inside.map(({ at, count }) => [at, count]))
  let sum = 0
  let hours = 0
  for (let at = Math.floor(first / HOUR_MS) * HOUR_MS; at + HOUR_MS <= until; at += HOUR_MS) {
    const [mean, seen] = [weekly[hourOfWeek(at)] ?? 0, timesSeen(at, first, until)]
    if (mean === 0 || seen < 2) continue
    sum += (((counts.get(at) ?? 0) - mean) ** 2 / mean) * (seen / (seen - 1))
    hours += 1
  }
  return hours < LEAST_HOURS ? UNKNOWN_BURST : Math.max(1, sum / hours)
}

// How often this hour of the week came by since the first message.
function timesSeen(hour: number, first: number, until: number): number {
  const start = Math.floor(first / HOUR_MS) * HOUR_MS
  const earliest = start + ((hourOfWeek(hour) - hourOfWeek(start) + WEEK_HOURS) % WEEK_HOURS) * HOUR_MS
  return Math.max(1, Math.floor((until - 1 - earliest) / WEEK_MS) + 1)
}

/** How many messages a week like the learned ones brings between two moments. */
export function expectedBetween(weekly: readonly number[], from: number, until: number): number {
  if (until <= from) return 0
  const wholeWeeks = Math.floor((until - from) / WEEK_MS)
  let sum = wholeWeeks * weekly.reduce((all, each) => all + each, 0)
  for (let at = from + wholeWeeks * WEEK_MS; at < until;) {
    const end = Math.min(until, (Math.floor(at / HOUR_MS) + 1) * HOUR_MS)
    sum += (weekly[hourOfWeek(at)] ?? 0) * ((end - at) / HOUR_MS)
    at = end
  }
  return sum
}

/** Whether a source that was last heard at `last` is silent now: more was expected since than chance explains. */
export function isSilent(rhythm: Rhythm, last: number, now: number): { isSilent: boolean; expected: number } {
  const expected = expectedBetween(rhythm.weekly, last, now)
  return { expected, isSilent: now - last >= LEAST_SILENCE_MS && expected >= rhythm.threshold }
}

/** Whether messages are turned away or unreadable far more often than before: half of the last ones, and twice as often as usual. */
export function isRejecting(recent: { bad: number; of: number }, before: { bad: number; of: number }): boolean {
  if (recent.bad < 5 || recent.bad * 2 < recent.of) return false
  return before.of < LEAST_MESSAGES || recent.bad / recent.of >= 2 * (before.bad / before.of)
}
