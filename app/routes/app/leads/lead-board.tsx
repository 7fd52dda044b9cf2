import { Link, useFetcher, useSearchParams } from '@remix-run/react'
import EllipsisVertical from 'lucide-react/icons/ellipsis-vertical'
import { useEffect, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { stages, type Stage } from '~/domain/leads/vocabulary'
import { CellMark } from '~/ui/leads/cell-mark'
import { useLeadWords } from '~/ui/leads/lead-words'
import { Button, IconButton } from '~/ui/primitives/button'
import { Menu, MenuItem } from '~/ui/primitives/menu'
import { Money, Moment } from '~/ui/primitives/numbers'
import { useFormat } from '~/ui/use-format'
import { countedAtMost } from './counted'
import type { ListRow } from './lead-columns'
import { listHref } from './list-address'
import { MoveDialogs, type Moving } from './move-dialogs'
import type { ListData } from './route'
import { writeCondition } from '~/lib/conditions'

type Columns = NonNullable<ListData['columns']>

/** Leads by stage. A card moves by dragging, by its menu, or with Alt and an arrow; the small form asks what the move needs. */
export function LeadBoard({ data, columns }: { data: ListData; columns: Columns }) {
  const { t } = useTranslation('lists')
  const [moving, setMoving] = useState<Moving | null>(null)
  const [over, setOver] = useState<Stage | null>(null)
  const find = (id: string) => columns.flatMap(({ rows }) => rows).find((row) => row.id === id)
  const move = (lead: ListRow | undefined, to: Stage) => { if (lead !== undefined && lead.stage !== to) setMoving({ lead, to }) }
  return (
    <div className="ll-board fills" role="region" aria-label={t('board')} tabIndex={0}>
      {columns.map((column) => (
        <section
          key={column.stage} className="ll-lane" data-over={over === column.stage ? 'true' : undefined}
          onDragOver={(event) => { event.preventDefault(); setOver(column.stage) }} onDragLeave={() => setOver(null)}
          onDrop={(event) => { event.preventDefault(); setOver(null); move(find(event.dataTransfer.getData('text/plain')), column.stage) }}
        >
          <Lane column={column} data={data} move={move} />
        </section>
      ))}
      <MoveDialogs moving={moving} close={() => setMoving(null)} data={data} />
    </div>
  )
}

function Lane({ column: { stage, count, rows: first, nextCursor }, data, move }: { column: Columns[number]; data: ListData; move: (lead: ListRow, to: Stage) => void }) {
  const { t } = useTranslation('lists')
  const { t: leads } = useTranslation('leads')
  const [search] = useSearchParams()
  const format = useFormat()
  const more = useFetcher<{ column: Columns[number] | null }>()
  const [rest, setRest] = useState<{ rows: readonly ListRow[]; cursor: string | null }>({ rows: [], cursor: nextCursor })
  const shape = first.map(({ id, version }) => `${id}${version}`).join()
  useEffect(() => setRest({ rows: [], cursor: nextCursor }), [shape, nextCursor])
  const came = more.data?.column
  useEffect(() => { if (came !== null && came !== undefined) setRest((known) => ({ rows: [...known.rows, ...came.rows], cursor: came.nextCursor })) }, [came])
  const all = listHref(search, { layout: 'table', f: [...search.getAll('f'), writeCondition({ field: 'stage', op: 'is', values: [stage] })] })
  const next = () => { const params = new URLSearchParams(search); params.set('column', stage); params.set('cursor', rest.cursor ?? ''); more.load(`/leads/column?${params.toString()}`) }
  return (
    <>
      <h2 className="ll-group"><Link to={all} className="lnk">{leads(`stage.${stage}`)}</Link> <span className="chip tn">{count === null ? '…' : count >= countedAtMost ? '10,000+' : format.number(count)}</span></h2>
      <ul className="ll-cards">
        {[...first, ...rest.rows].map((lead) => <Card key={lead.id} lead={lead} data={data} move={move} />)}
        {first.length === 0 && <li className="ll-none">{t('noCards')}</li>}
      </ul>
      {rest.cursor !== null && <Button variant="quiet" size="s" onPress={next} isPending={more.state !== 'idle'}>{t('moreCards')}</Button>}
    </>
  )
}

function Card({ lead, data, move }: { lead: ListRow; data: ListData; move: (lead: ListRow, to: Stage) => void }) {
  const { t } = useTranslation('lists')
  const { t: leads } = useTranslation('leads')
  const words = useLeadWords()
  const name = words.name(lead)
  const [search] = useSearchParams()
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.altKey && event.key === 'ArrowRight' ? 1 : event.altKey && event.key === 'ArrowLeft' ? -1 : 0
    const to = by === 0 ? undefined : stages[stages.indexOf(lead.stage) + by]
    if (to === undefined) return
    event.preventDefault()
    move(lead, to)
  }
  return (
    <li className="ll-card" draggable={data.may.write} onDragStart={(event) => event.dataTransfer.setData('text/plain', lead.id)}>
      <span className="ll-card-head">
        <Link to={listHref(search, { peek: lead.id })} preventScrollReset onKeyDown={onKeyDown} className="ll-card-name">{name}</Link>
        {data.may.write && lead.verdict === 'valid' && (
          <Menu label={t('moveTo', { name })} trigger={<IconButton icon={EllipsisVertical} size="s" label={t('moveTo', { name })} />} placement="bottom end">
            {stages.filter((stage) => stage !== lead.stage).map((stage) => <MenuItem key={stage} id={stage} onAction={() => move(lead, stage)}>{leads(`stage.${stage}`)}</MenuItem>)}
          </Menu>
        )}
      </span>
      {lead.person !== null && lead.company !== null && <span className="ll-card-second">{lead.company.name}</span>}
      <span className="ll-card-foot">
        {lead.cell !== null && <CellMark cell={lead.cell} byHand={lead.cellByHand} bare />}
        <span className="ll-cut">{lead.owner?.name ?? leads('list.nobody')}</span>
        {lead.amount !== null && <b><Money minor={lead.amount} currency={lead.currency ?? ''} currencyAs="code" whole /></b>}
        {lead.amount === null && <span className="text-muted"><Moment at={lead.enteredAt} now={data.now} /></span>}
      </span>
    </li>
  )
}
