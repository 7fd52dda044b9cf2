import { Form, Link, useNavigate } from '@remix-run/react'
import List from 'lucide-react/icons/list'
import Search from 'lucide-react/icons/search'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueTab } from '~/domain/leads/vocabulary'
import { openPalette } from '~/ui/keyboard/keyboard-layer'
import { PageHeader } from '~/ui/layout/page-header'
import { Avatar } from '~/ui/primitives/avatar'
import { Button, IconButton } from '~/ui/primitives/button'
import { Meter } from '~/ui/primitives/meter'
import { useFormat } from '~/ui/use-format'
import { useStable } from './use-stable'
import type { Counts } from './use-queue'

export type Owner = { id: string; name: string; team: string | null }
type Props = { counts: Counts; of: Owner | null; owners: readonly Owner[]; tab: QueueTab; showsList: boolean; onList: () => void }

/** The sentence that is true now, whose queue it is, and how much of the day is done. */
export function QueueHeader({ counts, of, owners, tab, showsList, onList }: Props) {
  const { t } = useTranslation('queue')
  return (
    <>
      {of !== null && (
        <p className="q-of no-print"><Avatar name={of.name} /><span>{t('of.banner', { name: of.name })}</span><Link className="lnk" to={`/queue?tab=${tab}`}>{t('of.back')}</Link></p>
      )}
      <PageHeader title={useSentence(counts)}>
        {owners.length > 0 && <WhoseQueue of={of} owners={owners} tab={tab} />}
        <span className="max-lg:hidden"><DoneMeter counts={counts} /></span>
        <span className="max-lg:hidden"><Button icon={Search} shortcut="/" onPress={openPalette}>{t('search')}</Button></span>
        <span className="lg:hidden"><IconButton icon={List} label={t('showList')} variant="plain" aria-pressed={showsList} onPress={onList} /></span>
      </PageHeader>
    </>
  )
}

function WhoseQueue({ of, owners, tab }: { of: Owner | null; owners: readonly Owner[]; tab: QueueTab }) {
  const { t } = useTranslation('queue')
  const { t: common } = useTranslation()
  const navigate = useNavigate()
  const shown = of?.id ?? ''
  const choice = useRef<HTMLSelectElement>(null)
  const look = useStable((id: string) => { if (id !== shown) navigate(`/queue?tab=${tab}${id === '' ? '' : `&of=${id}`}`) })
  // Chosen before this part of the page answered: the browser kept the choice, and nobody has heard of it.
  useEffect(() => { if (choice.current !== null) look(choice.current.value) }, [look])
  return (
    <Form method="get" action="/queue" className="flex gap-2">
      <input type="hidden" name="tab" value={tab} />
      <select ref={choice} key={shown} name="of" className="input q-whose" aria-label={t('of.label')} defaultValue={shown} autoComplete="off" onChange={({ target }) => look(target.value)}>
        <option value="">{t('of.mine')}</option>
        {owners.map(({ id, name, team }) => <option key={id} value={id}>{team === null ? name : `${name} · ${team}`}</option>)}
      </select>
      <noscript><button type="submit" className="btn">{common('action.open')}</button></noscript>
    </Form>
  )
}

function useSentence(counts: Counts): string {
  const { t } = useTranslation('queue')
  const format = useFormat()
  if (counts.now === 0) return t('titleEmpty')
  const more = counts.near > 0 ? t('titleNear', { formatted: format.number(counts.near) })
    : counts.overdue > 0 ? t('titleOverdue', { formatted: format.number(counts.overdue) })
      : counts.fresh > 0 ? t('titleFresh', { formatted: format.number(counts.fresh) }) : ''
  return `${t('title', { count: counts.now, formatted: format.number(counts.now) })}${more}`
}

function DoneMeter({ counts }: { counts: Counts }) {
  const { t } = useTranslation('queue')
  const text = t('doneToday', { formatted: useFormat().number(counts.done) })
  return <Meter value={counts.done} max={Math.max(1, counts.done + counts.now)} label={text}>{text}</Meter>
}
