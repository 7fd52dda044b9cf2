import { useNavigate, useSearchParams } from '@remix-run/react'
import { useEffect, useRef, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '~/ui/keyboard/shortcuts'
import type { Selection } from './use-selection'

/** J and K go through the rows, also under an open panel; Space looks into one, X ticks it, F2 edits its first field. */
export function useRowKeys(box: RefObject<HTMLElement | null>, selection: Selection): void {
  const { t } = useTranslation('lists')
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const at = useRef(-1)
  const peeked = search.get('peek')
  const rowAt = (index: number) => box.current?.querySelector<HTMLElement>(`tr[data-row="${String(index)}"]`) ?? null
  const peek = (lead: string | undefined) => {
    const next = new URLSearchParams(search)
    if (lead === undefined) next.delete('peek')
    else next.set('peek', lead)
    navigate(`?${next.toString()}`, { replace: true, preventScrollReset: true })
  }
  const go = (by: number) => {
    const focused = box.current?.contains(document.activeElement) === true ? document.activeElement?.closest('tr')?.dataset['row'] : undefined
    const row = rowAt((focused === undefined ? at.current : Number(focused)) + by)
    if (row === null) return
    at.current = Number(row.dataset['row'])
    row.querySelector<HTMLElement>('a.row-link')?.focus()
    row.scrollIntoView({ block: 'nearest' })
    if (peeked !== null) peek(row.dataset['lead'])
  }
  const here = () => rowAt(at.current)
  const look = () => peek(here()?.dataset['lead'] === peeked ? undefined : here()?.dataset['lead'])
  const group = t('keys.group')
  useShortcuts([
    { keys: 'j', label: t('keys.next'), group, run: () => go(1) }, { keys: 'k', label: t('keys.previous'), group, run: () => go(-1) },
    { keys: 'x', label: t('keys.select'), group, run: () => selection.toggle(at.current, false) }, { keys: 'Shift+ArrowDown', label: t('keys.range'), group, run: () => { go(1); selection.toggle(at.current, true) } },
    { keys: 'Shift+ArrowUp', label: t('keys.range'), group, run: () => { go(-1); selection.toggle(at.current, true) } },
    { keys: 'Space', label: t('keys.peek'), group, run: look }, { keys: 'p', label: t('keys.peek'), hidden: true, run: look },
    { keys: 'F2', label: t('keys.edit'), group, run: () => here()?.querySelector<HTMLElement>('.ll-edit')?.click() },
    { keys: '$mod+Enter', label: t('keys.open'), group, run: () => { const lead = peeked ?? here()?.dataset['lead']; if (lead !== undefined) navigate(`/leads/${lead}`) } },
    { keys: 'Escape', label: t('keys.close'), group, hidden: true, run: () => { if (peeked !== null) peek(undefined) } },
  ])
  // A panel that was opened by its address stands over its row, and gives the focus back to it.
  useEffect(() => {
    if (peeked === null) return undefined
    const row = box.current?.querySelector<HTMLElement>(`tr[data-lead="${peeked}"]`)
    if (row?.dataset['row'] !== undefined) at.current = Number(row.dataset['row'])
    return () => row?.querySelector<HTMLElement>('a.row-link')?.focus()
  }, [peeked, box])
}
