import { Form, useLoaderData, useNavigate } from '@remix-run/react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { possibleDuplicates } from '~/domain/merging'
import { mergeKinds } from '~/domain/merging/vocabulary'
import { page } from '~/http'
import { useShortcuts } from '~/ui/keyboard/shortcuts'
import { PageBar, PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { useMergeWords } from '~/ui/merging/merge-words'
import { RecordCard } from '~/ui/merging/record-card'
import { Button, LinkButton } from '~/ui/primitives/button'
import { EmptyState } from '~/ui/primitives/empty-state'
import { Percent } from '~/ui/primitives/numbers'
import { SegmentedLinks } from '~/ui/primitives/segmented-links'
import { useFormat } from '~/ui/use-format'

export const handle: PageHandle = { title: 'duplicates' }
const atMost = 50

export const loader = page({ permission: 'leads:write', search: z.object({ kind: z.enum(mergeKinds).default('person') }) }, async ({ ctx, search }) => ({
  kind: search.kind, pairs: await possibleDuplicates(ctx, { kind: search.kind, limit: atMost }),
}))

type Pair = ReturnType<typeof useLoaderData<typeof loader>>['pairs'][number]
const mergeHref = ({ kind, left, right }: Pair) => `/merges/new?kind=${kind}&kept=${left.id}&gone=${right.id}`

export default function PossibleDuplicatesPage() {
  const { kind, pairs } = useLoaderData<typeof loader>()
  const { t } = useTranslation('merging')
  const format = useFormat()
  const [later, setLater] = useState<ReadonlySet<string>>(new Set())
  const list = useRef<HTMLUListElement>(null)
  const shown = pairs.filter(({ id }) => !later.has(id))
  useReviewKeys(list)
  const title = t('review.title', { count: shown.length, formatted: format.number(shown.length), more: pairs.length === atMost ? '+' : '' })
  return (
    <>
      <PageHeader title={title} crumb={{ href: '/leads', label: t('record.crumb') }} />
      <PageBar>
        <SegmentedLinks label={t('review.kinds')} items={mergeKinds.map((each) => ({ href: `?kind=${each}`, label: t(`${each}.many`), current: each === kind }))} />
      </PageBar>
      <PageBody>
        {shown.length === 0 && <EmptyState kind="empty" title={t('review.empty')}>{t('review.emptyHint')}</EmptyState>}
        <ul ref={list} className="mg-list">
          {shown.map((pair) => <PairItem key={pair.id} pair={pair} onLater={() => setLater(new Set([...later, pair.id]))} />)}
        </ul>
      </PageBody>
    </>
  )
}

function PairItem({ pair, onLater }: { pair: Pair; onLater: () => void }) {
  const { t } = useTranslation('merging')
  const words = useMergeWords()
  const names = [pair.left.name, pair.right.name].map((name) => (name === '' ? t('nameless') : name)).join(' / ')
  return (
    <li className="mg-item" tabIndex={-1} data-href={mergeHref(pair)} aria-label={names}>
      <div className="mg-pair">
        <RecordCard record={pair.left} kind={pair.kind} />
        <RecordCard record={pair.right} kind={pair.kind} />
      </div>
      <p className="text-13 text-muted">
        {pair.probability !== null && <><b className="text-text"><Percent ratio={pair.probability} /> {t('likely')}</b> · </>}
        {pair.lines.filter(({ level }) => level !== 'missing').map((line) => words.line(line)).join(t('comma'))}
      </p>
      <div className="flex flex-wrap gap-2">
        <LinkButton variant="next" size="s" to={mergeHref(pair)} aria-label={`${t('merge')} ${names}`}>{t('merge')}</LinkButton>
        <Form method="post" action="/merges/differences">
          <input type="hidden" name="leftId" value={pair.left.id} />
          <input type="hidden" name="rightId" value={pair.right.id} />
          <Button size="s" type="submit" aria-label={`${t('review.different')} ${names}`}>{t('review.different')}</Button>
        </Form>
        <Button size="s" variant="quiet" onPress={onLater} aria-label={`${t('review.later')} ${names}`}>{t('review.later')}</Button>
      </div>
    </li>
  )
}

/** J and K go from pair to pair, Enter opens the preview of the one that has the focus. */
function useReviewKeys(list: React.RefObject<HTMLUListElement | null>): void {
  const { t } = useTranslation('merging')
  const navigate = useNavigate()
  const items = () => [...(list.current?.querySelectorAll<HTMLElement>('.mg-item') ?? [])]
  const at = () => items().findIndex((item) => item.contains(document.activeElement))
  const move = (by: 1 | -1) => items()[Math.min(Math.max(at() + by, 0), items().length - 1)]?.focus()
  const group = t('review.short')
  useShortcuts([
    { keys: 'j', label: t('review.next'), group, run: () => move(1) },
    { keys: 'k', label: t('review.previous'), group, run: () => move(-1) },
    { keys: 'Enter', label: t('merge'), group, run: () => { const href = items()[at()]?.dataset['href']; if (href !== undefined) navigate(href) } },
  ])
}
