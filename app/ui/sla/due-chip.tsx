import CalendarClock from 'lucide-react/icons/calendar-clock'
import Ban from 'lucide-react/icons/ban'
import type { LucideIcon } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClockState, Counting } from '~/domain/sla/vocabulary'
import { Chip, type Tone } from '../primitives/chip'
import { useFormat } from '../use-format'

/** What a chip needs of a clock; the answer of `clocksOf` has it. */
export type DueClock = { turn: number; policy: string; counting: Counting; runsAt: Date; dueAt: Date; warn50At: Date; warn80At: Date; stoppedAt: Date | null; state: ClockState; leftMinutes: number; isCounting: boolean }

const TICK_MS = 30_000
const DAY_MS = 86_400_000
const tones: Record<ClockState, Tone> = { waiting: 'neutral', running: 'neutral', warned: 'warn', breached: 'breach', kept: 'won', missed: 'lost', cancelled: 'neutral' }
const icons: Partial<Record<ClockState, LucideIcon>> = { waiting: CalendarClock, running: CalendarClock, cancelled: Ban }

/** How long until an answer is due, or since when it is late: an icon and words, told anew every thirty seconds. `now` is the loader's. */
export function DueChip({ clock, now }: { clock: DueClock; now: Date }) {
  const { t } = useTranslation('sla')
  const format = useFormat()
  const at = useTicking(now, clock.stoppedAt === null && clock.state !== 'cancelled')
  const state = stateAt(clock, at)
  const near = (moment: Date) => format.date(moment, moment.getTime() - at.getTime() < DAY_MS && format.date(moment, 'day') === format.date(at, 'day') ? 'time' : 'moment')
  const passed = clock.isCounting ? (at.getTime() - now.getTime()) / 60_000 : 0
  const left = format.duration(60 * Math.max(1, Math.ceil(clock.leftMinutes - passed)))
  const late = format.duration(Math.max(60, (at.getTime() - clock.dueAt.getTime()) / 1_000))
  const words = {
    waiting: t('due.waiting', { when: near(clock.runsAt) }), breached: t('due.breached', { time: late }), kept: t('due.kept'), missed: t('due.missed'), cancelled: t('due.cancelled'),
    running: t(clock.counting === 'working' ? 'due.working' : 'due.running', { time: left }),
  }
  const dueAt = t('due.dueAt', { policy: clock.policy, when: format.date(clock.dueAt, 'moment') })
  return (
    <Chip tone={tones[state]} icon={icons[state]} className="tn" title={clock.turn > 1 ? `${dueAt} · ${t('due.turn', { n: clock.turn })}` : dueAt}>
      <span className="inline-block min-w-[9ch]">{words[state === 'warned' ? 'running' : state]}</span>
    </Chip>
  )
}

/** The loader's moment, going on: the same on the server and at first in the browser. */
function useTicking(now: Date, runs: boolean): Date {
  const [passed, setPassed] = useState(0)
  useEffect(() => {
    setPassed(0)
    if (!runs) return undefined
    const began = performance.now()
    const timer = setInterval(() => setPassed(performance.now() - began), TICK_MS)
    return () => clearInterval(timer)
  }, [now, runs])
  return new Date(now.getTime() + passed)
}

function stateAt({ state, runsAt, dueAt, warn50At, stoppedAt }: DueClock, at: Date): ClockState {
  if (stoppedAt !== null || state === 'cancelled') return state
  if (dueAt <= at) return 'breached'
  if (warn50At <= at) return 'warned'
  return runsAt <= at ? 'running' : 'waiting'
}
