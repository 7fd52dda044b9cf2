import { Link, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { reading } from '~/domain/kernel'
import { idOf } from '~/domain/kernel/contract'
import { claimLead, filterChoices, poolPage } from '~/domain/leads'
import { page, submit } from '~/http'
import { useOwnershipWords } from '~/ui/ownership/words'
import { PageBar, PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { LinkButton } from '~/ui/primitives/button'
import { EmptyState } from '~/ui/primitives/empty-state'
import { SegmentedLinks } from '~/ui/primitives/segmented-links'
import { useFormat } from '~/ui/use-format'
import { PoolTable } from './pool-table'

export const handle: PageHandle = { title: 'pool' }

const Search = z.object({ pool: z.string().optional(), cursor: z.string().max(300).optional(), refused: z.string().max(40).optional() })

export const loader = page({ permission: 'leads:claim', search: Search }, ({ ctx, search }) =>
  reading(ctx, async (inside) => ({
    found: await poolPage(inside, { ...(search.pool === undefined ? {} : { poolId: search.pool as never }), cursor: search.cursor }), owners: (await filterChoices(inside, {})).owners, now: ctx.now,
  })))

export const action = submit({ permission: 'leads:claim', form: z.object({ leadId: idOf('lead') }) }, async ({ ctx, input }) => {
  await claimLead(ctx, input)
  return { leadId: input.leadId }
})

export type PoolData = Awaited<ReturnType<typeof loader>>

export default function PoolPage() {
  const { t } = useTranslation('pool')
  const data = useLoaderData<typeof loader>()
  const { pools, poolId, rows, next } = data.found
  const chosen = pools.find(({ id }) => id === poolId)
  const words = useOwnershipWords()
  const format = useFormat()
  const waiting = chosen?.waiting ?? 0
  return (
    <>
      <PageHeader title={waiting === 0 ? t('page.empty') : t('page.title', { count: waiting, formatted: waiting >= 10_000 ? '10,000+' : format.number(waiting) })}>
        <LinkButton to="/pool/lost">{t('page.lost')}</LinkButton>
      </PageHeader>
      {pools.length > 1 && (
        <PageBar>
          <SegmentedLinks label={t('page.pools')} items={pools.map((pool) => ({ href: `/pool?pool=${pool.id}`, label: words.pool(pool), current: pool.id === poolId }))} />
        </PageBar>
      )}
      <PageBody>
        <Answer />
        <MyLimits found={data.found} />
        {rows.length === 0
          ? <EmptyState kind="empty" title={pools.length === 0 ? t('page.noPool') : t('page.empty')}>{t('page.emptyHint')}</EmptyState>
          : <PoolTable data={data} nextHref={next === null ? null : `/pool?${new URLSearchParams({ ...(poolId === null ? {} : { pool: poolId }), cursor: next })}`} />}
      </PageBody>
    </>
  )
}

/** What became of the last claim: mine now, or whose. */
function Answer() {
  const { t } = useTranslation('pool')
  const answer = useActionData<typeof action>()
  const [search] = useSearchParams()
  const words = useOwnershipWords()
  const format = useFormat()
  const code = search.get('refused')
  const refused = answer?.refusal ?? (code === null ? undefined : { code, params: {} })
  if (answer?.done !== undefined) return <p role="status" className="ld-state mb-3">{t('page.claimed')} <Link className="lnk" to={`/leads/${answer.done.leadId}`}>{t('page.open')}</Link></p>
  return refused === undefined ? null : <p role="alert" className="form-alert mb-3"><span>{words.refusal(refused, (until) => format.date(until, 'moment'))}</span></p>
}

/** How much the reader has taken and may take, and how long a claimed lead stays. */
function MyLimits({ found: { mine, rules } }: { found: PoolData['found'] }) {
  const { t } = useTranslation('pool')
  if (rules === null) return null
  const said = [
    mine.dailyCap === null ? null : t('limits.today', { used: mine.claimedToday, cap: mine.dailyCap }),
    mine.heldCap === null ? null : t('limits.held', { used: mine.held, cap: mine.heldCap }),
    rules.firstContactHours === null ? null : t('limits.first', { count: rules.firstContactHours }),
    rules.protectionDays === null ? null : t('limits.protection', { count: rules.protectionDays }),
    rules.idleDays === null ? null : t('limits.idle', { count: rules.idleDays }),
    rules.maxProtectionDays === null ? null : t('limits.max', { count: rules.maxProtectionDays }),
    rules.coolDownHours === null ? null : t('limits.coolDown', { count: rules.coolDownHours }),
  ].filter((text) => text !== null)
  return said.length === 0 ? null : <ul className="mb-4 flex flex-wrap gap-x-6 gap-y-1 text-13 text-text-2 tn">{said.map((text) => <li key={text}>{text}</li>)}</ul>
}
