import { useLoaderData, useSearchParams } from '@remix-run/react'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { can, reading } from '~/domain/kernel'
import { cardById, cardTemplates, cellCounts, createCard, listCards, rescoringProgress } from '~/domain/scoring'
import { backTo, page, submit } from '~/http'
import type { Id } from '~/lib/ids'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { EmptyState } from '~/ui/primitives/empty-state'
import { CellMap } from '~/ui/scoring/cell-map'
import { useLiveCard } from '~/ui/scoring/use-live-card'
import { useFormat } from '~/ui/use-format'
import { cellHref } from './cell-href'
import { ClassBounds } from './class-bounds'
import { NewCard } from './new-card'
import { RescoringProgress } from './rescoring-progress'
import { VersionTable } from './version-table'

export const handle: PageHandle = { title: 'scoring' }

export const loader = page({ permission: 'settings:read' }, ({ ctx }) => reading(ctx, async (at) => {
  const cards = await listCards(at, {})
  const inForce = cards.find(({ state }) => state === 'published') ?? null
  return {
    cards, inForce, cells: inForce === null ? [] : await cellCounts(at, {}), rescoring: await rescoringProgress(at, {}),
    thresholds: inForce === null ? null : (await cardById(at, { cardId: inForce.cardId })).terms.thresholds,
    templates: cardTemplates.map(({ key, terms }) => ({ key, lines: terms.lines.length })), mayChange: can(ctx.actor, 'scoring:write'),
  }
}))

export type ScoringPageData = Awaited<ReturnType<typeof loader>>

const From = z.object({ from: z.union([z.enum(['empty', 'general', 'inbound', 'events']), z.string().startsWith('scd_')]) })

/** A new draft: empty, from a template, or the copy of a version. */
export const action = submit({ permission: 'scoring:write', form: From }, ({ ctx, input: { from } }) => backTo('/scoring', () => {
  if (from === 'empty') return createCard(ctx, { from: { kind: 'empty' } })
  if (from === 'general' || from === 'inbound' || from === 'events') return createCard(ctx, { from: { kind: 'template', template: from } })
  return createCard(ctx, { from: { kind: 'card', cardId: from as Id<'scd'> } })
}, ({ cardId }) => `/scoring/${cardId}`))

export default function ScoringPage() {
  const { t } = useTranslation('scoring')
  const data = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const format = useFormat()
  const { cards, inForce, cells, rescoring, mayChange } = data
  const isUnderWay = (rescoring !== null && rescoring.finishedAt === null) || cards.some(({ test, learning }) => test === 'running' || learning === 'running')
  useLiveCard(isUnderWay)
  const scored = cells.reduce((sum, { cell, leads }) => (cell === null ? sum : sum + leads), 0)
  const without = cells.find(({ cell }) => cell === null)?.leads ?? 0
  const best = cells.find(({ cell }) => cell === 11)?.leads ?? 0
  const isRescoring = rescoring !== null && rescoring.finishedAt === null && rescoring.cardId === inForce?.cardId
  const title = inForce === null ? t('list.none') : isRescoring ? t('list.rescoring', { version: inForce.version, done: format.number(rescoring.done), total: format.number(rescoring.total) }) : t('list.sentence', { version: inForce.version, count: scored, formatted: format.number(scored), since: format.date(inForce.publishedAt, 'day'), best: format.number(best) })
  const refused = search.get('refused')
  const of = new Map(cells.map(({ cell, leads }) => [cell, leads]))
  return (
    <>
      <PageHeader title={title}>{mayChange && <NewCard data={data} />}</PageHeader>
      <PageBody>
        {refused !== null && <p role="alert" className="form-alert mb-4"><CircleAlert className="i" aria-hidden="true" /><span>{t(refused === 'too-many' ? 'refusal.too-many' : 'refusal.invalid')}</span></p>}
        {rescoring !== null && rescoring.finishedAt === null && <RescoringProgress progress={rescoring} version={cards.find(({ cardId }) => cardId === rescoring.cardId)?.version ?? null} />}
        {inForce !== null && (
          <PageSection title={t('list.where')} aside={t('list.whereHint')}>
            <div className="sc-where">
              <CellMap label={t('list.map', { version: inForce.version })} of={(cell) => { const leads = of.get(cell) ?? 0; return { leads, href: cellHref(cell), note: scored === 0 || leads === 0 ? undefined : format.percent(leads / scored, 0) } }} />
              {data.thresholds !== null && <ClassBounds thresholds={data.thresholds} />}
            </div>
            {without > 0 && <p className="mt-3 text-12 text-muted">{t('list.without', { count: without, formatted: format.number(without) })}</p>}
          </PageSection>
        )}
        {cards.length === 0 ? <EmptyState kind="empty" title={t('list.empty')}>{t(mayChange ? 'list.emptyHint' : 'list.emptyLook')}</EmptyState> : <PageSection title={t('list.versions')}><VersionTable cards={cards} /></PageSection>}
      </PageBody>
    </>
  )
}
