import { useFetcher } from '@remix-run/react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { grades } from '~/domain/leads/vocabulary'
import type { Answer } from '~/ui/leads/types'
import { StaleEdit } from './stale-edit'
import type { Editable, ListColumn, ListRow } from './lead-columns'
import type { ListData } from './route'
import { useFormat } from '~/ui/use-format'
import { isComposing } from '~/ui/keyboard/match'

type Props = { row: ListRow; column: ListColumn; edit: Editable; data: ListData }

/** A cell that becomes its own control: Enter or F2 edits, Esc leaves it, Tab and the arrows write and go on. */
export function EditableCell({ row, column, edit, data }: Props) {
  const { t } = useTranslation('lists')
  const fetcher = useFetcher<Answer>()
  const [isOpen, setOpen] = useState(false)
  const [wanted, setWanted] = useState<string | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const was = edit.was(row)
  const answer = fetcher.state === 'idle' ? fetcher.data : undefined
  const send = (value: string, more: Record<string, string> = {}) => {
    setWanted(value)
    void fetcher.submit({ field: edit.field, value, was, version: String(row.version), ...(edit.kind === 'multi_choice' ? { many: 'yes' } : {}), ...more }, { method: 'post', action: `/leads/${row.id}/edit` })
  }
  const close = (value: string | null, go: 'stay' | 'next' | 'up' | 'down') => {
    setOpen(false)
    if (value !== null && value !== was) send(value)
    if (go === 'stay') requestAnimationFrame(() => button.current?.focus())
    else moveFrom(button.current?.closest('td') ?? document.activeElement?.closest('td') ?? null, go)
  }
  if (isOpen) return <Control edit={edit} was={was} data={data} label={column.label} close={close} />
  return (
    <>
      <button ref={button} type="button" className="ll-edit" tabIndex={-1} aria-label={t('edit', { name: column.label })} data-pending={fetcher.state === 'idle' ? undefined : 'true'} onClick={() => setOpen(true)}>{column.cell(row)}</button>
      {answer?.refusal !== undefined && <StaleEdit answer={answer} yours={wanted ?? ''} data={data} mine={() => send(wanted ?? '', { force: 'yes' })} close={() => fetcher.load('/leads/count?none')} />}
    </>
  )
}

/** The same column a row up or down, or the next cell of this row that can be edited. */
function moveFrom(cell: Element | null, go: 'next' | 'up' | 'down'): void {
  const row = cell?.closest('tr')
  if (cell === null || row === null || row === undefined) return
  const target = go === 'next' ? [...row.querySelectorAll<HTMLElement>('.ll-edit')].find((each) => (cell.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0)
    : (go === 'down' ? row.nextElementSibling : row.previousElementSibling)?.children[[...row.children].indexOf(cell)]?.querySelector<HTMLElement>('.ll-edit')
  requestAnimationFrame(() => target?.click())
}

function Control({ edit, was, data, label, close }: { edit: Editable; was: string; data: ListData; label: string; close: (value: string | null, go: 'stay' | 'next' | 'up' | 'down') => void }) {
  const { t } = useTranslation()
  const { zone } = useFormat()
  const input = useRef<HTMLInputElement & HTMLSelectElement>(null)
  const done = useRef(false)
  const field = data.fields.find(({ id }) => id === edit.field)
  const isMoment = edit.kind === 'moment'
  useEffect(() => input.current?.focus(), [])
  const said = (): string => (input.current instanceof HTMLSelectElement && input.current.multiple ? [...input.current.selectedOptions].map((option) => option.value).sort().join(',') : (input.current?.value ?? ''))
  const end = (value: string | null, go: 'stay' | 'next' | 'up' | 'down') => {
    if (done.current) return
    done.current = true
    close(isMoment && value !== null && value === localOf(was, zone) ? was : value, go)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return
    const isSelect = input.current instanceof HTMLSelectElement
    const go = event.key === 'Enter' ? 'stay' : event.key === 'Tab' && !event.shiftKey ? 'next' : isSelect ? null : event.key === 'ArrowDown' ? 'down' : event.key === 'ArrowUp' ? 'up' : null
    if (event.key !== 'Escape' && go === null) return
    event.preventDefault()
    event.stopPropagation()
    end(event.key === 'Escape' ? null : said(), go ?? 'stay')
  }
  const common = { ref: input, className: 'input ll-control', 'aria-label': label, onKeyDown, onBlur: () => end(said(), 'stay') }
  const options = edit.kind === 'member' ? data.choices.owners.map(({ id, name }) => [id, name]) : edit.kind === 'grade' ? grades.map((grade) => [grade, grade]) : edit.kind === 'boolean' ? [['yes', t('state.yes')], ['no', t('state.no')]] : field?.kind === 'choice' || field?.kind === 'multi_choice' ? field.choices.map(({ key, en }) => [key, en]) : null
  if (options !== null) {
    const isMany = edit.kind === 'multi_choice'
    return <select {...common} multiple={isMany} defaultValue={isMany ? was.split(',') : was}>{!isMany && edit.kind !== 'grade' && <option value="">—</option>}{options.map(([value, text]) => <option key={value} value={value}>{text}</option>)}</select>
  }
  const type = isMoment ? 'datetime-local' : edit.kind === 'date' ? 'date' : edit.kind === 'url' ? 'url' : 'text'
  return <input {...common} type={type} inputMode={edit.kind === 'amount' || edit.kind === 'number' || edit.kind === 'money' ? 'decimal' : undefined} defaultValue={isMoment ? localOf(was, zone) : was} />
}

/** A moment as the browser's own picker writes it, in the organisation's zone. */
function localOf(iso: string, zone: string): string {
  if (iso === '') return ''
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(iso))
  return parts.replace(' ', 'T')
}
