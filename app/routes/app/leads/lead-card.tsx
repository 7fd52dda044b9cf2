import { Link } from '@remix-run/react'
import { useRef, type MouseEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useLeadWords } from '~/ui/leads/lead-words'
import { CellMark } from '~/ui/leads/cell-mark'
import { StageChip } from '~/ui/leads/stage-chip'
import type { ListRow } from './lead-columns'
import type { Selection } from './use-selection'

const LONG_PRESS_MS = 450
const STILL_PX = 10

/** A lead on a phone. A long press begins to select; from then on a tap ticks instead of opening. */
export function LeadCard({ row, at, selection }: { row: ListRow; at: number; selection: Selection | null }) {
  const { t } = useTranslation()
  const words = useLeadWords()
  const isPicking = selection?.isPicking === true
  const isTicked = selection?.has(row.id) === true
  const press = useLongPress(() => { if (selection !== null && !isPicking) selection.pick(at) })
  const onClick = (event: MouseEvent) => {
    if (press.swallows()) return event.preventDefault()
    if (!isPicking) return
    event.preventDefault()
    selection.toggle(at, false)
  }
  return (
    <li className="card-row" data-ticked={isTicked ? 'true' : undefined} {...press.on}>
      <span className="row-span-2">
        {isPicking && <input type="checkbox" className="native-check ll-tick" aria-label={t('table.selectRow', { name: words.name(row) })} checked={isTicked} onChange={() => selection.toggle(at, false)} />}
      </span>
      <span className="min-w-0"><Link to={`/leads/${row.id}`} className="row-link" onClick={onClick}>{words.name(row)}</Link></span>
      <span className="card-second">{[row.company?.name, row.channel?.name].filter((part) => part !== undefined && part !== '').join(' · ')}</span>
      <span className="card-end">{row.cell !== null && <CellMark cell={row.cell} byHand={row.cellByHand} bare />}<StageChip lead={row} /></span>
    </li>
  )
}

/** A finger that stays where it is; what the browser would do with it (a menu, the click after it) does not happen. */
function useLongPress(act: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const from = useRef({ x: 0, y: 0 })
  const fired = useRef(false)
  const stop = () => {
    if (timer.current !== null) clearTimeout(timer.current)
    timer.current = null
  }
  return {
    swallows: () => { const was = fired.current; fired.current = false; return was },
    on: {
      onPointerDown: (event: PointerEvent) => {
        fired.current = false
        if (event.pointerType !== 'touch') return
        from.current = { x: event.clientX, y: event.clientY }
        timer.current = setTimeout(() => { fired.current = true; act() }, LONG_PRESS_MS)
      },
      onPointerMove: ({ clientX, clientY }: PointerEvent) => { if (Math.hypot(clientX - from.current.x, clientY - from.current.y) > STILL_PX) stop() },
      onPointerUp: stop, onPointerCancel: stop,
      onContextMenu: (event: MouseEvent) => { if (timer.current !== null || fired.current) event.preventDefault() },
    },
  }
}
