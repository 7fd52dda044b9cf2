import { Form, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { can } from '~/domain/kernel'
import { createPool, poolSettings } from '~/domain/leads'
import { CreatePool } from '~/domain/leads/contract'
import { listMembers, listTeams } from '~/domain/orgs'
import { page, submit } from '~/http'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { useOwnershipWords } from '~/ui/ownership/words'
import { Chip } from '~/ui/primitives/chip'
import { EmptyState } from '~/ui/primitives/empty-state'
import { PoolForm, PoolPeople } from './pool-forms'

export const handle: PageHandle = { title: 'pools' }

export const loader = page({ permission: 'assignment:read' }, async ({ ctx }) => ({
  pools: await poolSettings(ctx, {}), mayChange: can(ctx.actor, 'assignment:write'),
  members: (await listMembers(ctx, {})).filter(({ status, role }) => status === 'active' && role !== 'partner').map(({ id, name }) => ({ id: id as string, name })),
  teams: (await listTeams(ctx, {})).map(({ id, name }) => ({ id: id as string, name })),
}))

export const action = submit({ permission: 'assignment:write', form: CreatePool }, ({ ctx, input }) => createPool(ctx, input))

export type PoolsData = Awaited<ReturnType<typeof loader>>

export default function PoolsPage() {
  const { t } = useTranslation('pool')
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [search] = useSearchParams()
  const words = useOwnershipWords()
  const code = answer?.refusal?.code ?? (answer?.reply === undefined ? search.get('refused') : 'invalid')
  const waiting = data.pools.reduce((sum, pool) => sum + pool.waiting, 0)
  return (
    <>
      <PageHeader title={t('settings.title', { count: data.pools.length, waiting })} />
      <PageBody narrow>
        {code !== null && <p role="alert" className="form-alert mb-4"><span>{words.refusal({ code, params: answer?.refusal?.params ?? {} })}</span></p>}
        {data.pools.length === 0 && <EmptyState kind="empty" title={t('settings.none')}>{t('settings.noneHint')}</EmptyState>}
        {data.pools.map((pool) => (
          <PageSection key={pool.id} title={words.pool(pool)} aside={t('settings.counts', { waiting: pool.waiting, held: pool.held })}>
            {pool.isReplanning && <p className="mb-3"><Chip tone="warn">{t('settings.replanning')}</Chip></p>}
            <PoolForm pool={pool} mayChange={data.mayChange} />
            <PoolPeople pool={pool} data={data} />
          </PageSection>
        ))}
        {data.mayChange && (
          <PageSection title={t('settings.create')}>
            <Form method="post" className="flex flex-wrap items-end gap-3">
              <label className="field min-w-0 grow basis-56"><span className="field-label">{t('settings.name')}</span><input name="name" required maxLength={60} className="input" /></label>
              <button type="submit" className="btn">{t('settings.create')}</button>
            </Form>
          </PageSection>
        )}
      </PageBody>
    </>
  )
}
