import { Form, Link, useLoaderData } from '@remix-run/react'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import { useTranslation } from 'react-i18next'
import { can } from '~/domain/kernel'
import { listPolicies } from '~/domain/sla'
import { page } from '~/http'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { Button, LinkButton } from '~/ui/primitives/button'
import { EmptyState } from '~/ui/primitives/empty-state'
import { PolicyPresets } from '~/ui/sla/policy-presets'
import { useFormat } from '~/ui/use-format'

export const handle: PageHandle = { title: 'responseTimes' }

export const loader = page({ permission: 'settings:read' }, async ({ ctx }) => ({ policies: await listPolicies(ctx, {}), mayChange: can(ctx.actor, 'settings:write') }))

type Listed = Awaited<ReturnType<typeof loader>>['policies'][number]

export default function ResponseTimesPage() {
  const { policies, mayChange } = useLoaderData<typeof loader>()
  const { t } = useTranslation('sla')
  const format = useFormat()
  const running = policies.reduce((sum, policy) => sum + policy.running, 0)
  const make = mayChange ? <LinkButton to="/settings/response-times/new" variant="next">{t('policies.new')}</LinkButton> : undefined
  return (
    <>
      <PageHeader title={policies.length === 0 ? t('policies.title_zero') : t('policies.title', { count: policies.length, running: format.number(running) })}>{policies.length > 0 && make}</PageHeader>
      <PageBody narrow>
        {policies.length === 0 ? <EmptyState kind="empty" title={t('policies.title_zero')} action={make}>{t('policies.empty')}</EmptyState> : (
          <>
            <p className="mb-3 text-13 text-text-2">{t('policies.order')}</p>
            <ol className="border-t border-line">
              {policies.map((policy, index) => <PolicyRow key={policy.id} policy={policy} place={index + 1} mayChange={mayChange} isFirst={index === 0} isLast={index === policies.length - 1} />)}
            </ol>
          </>
        )}
        {mayChange && <PolicyPresets taken={policies.map(({ name }) => name)} />}
      </PageBody>
    </>
  )
}

function PolicyRow({ policy, place, mayChange, isFirst, isLast }: { policy: Listed; place: number; mayChange: boolean; isFirst: boolean; isLast: boolean }) {
  const { t } = useTranslation('sla')
  const format = useFormat()
  const { conditions: { channelKinds, channels, sources, productLines, stages, cells, ofCustomer, amountFrom } } = policy
  const isOpen = [channelKinds, channels, sources, productLines, stages, cells].every((list) => list.length === 0) && ofCustomer === null && amountFrom === null
  const summary = t('policies.summary', {
    first: format.duration(policy.firstMinutes * 60), counting: t(policy.counting === 'working' ? 'policies.working' : 'policies.calendarMinutes'), calendar: t(`policies.${policy.calendar}`), act: t(`policies.${policy.atBreach}`),
  })
  return (
    <li className="flex flex-wrap items-center gap-3 border-b border-line py-2.5">
      <span className="w-5 text-12 text-muted tn">{place}</span>
      <div className="min-w-0 grow basis-60">
        <Link className="lnk text-13 font-medium" to={`/settings/response-times/${policy.id}`}>{policy.name}</Link>
        <p className="text-12 text-muted">{t(isOpen ? 'policies.everyLead' : 'policies.someLeads')} · {summary}</p>
      </div>
      <span className="text-12 text-muted tn">{t('policies.running', { count: policy.running })}</span>
      {mayChange && (
        <Form method="post" action={`/settings/response-times/${policy.id}/position`} className="flex gap-1">
          <Button type="submit" name="direction" value="up" size="s" variant="quiet" icon={ArrowUp} isDisabled={isFirst} aria-label={t('policies.up', { name: policy.name })} />
          <Button type="submit" name="direction" value="down" size="s" variant="quiet" icon={ArrowDown} isDisabled={isLast} aria-label={t('policies.down', { name: policy.name })} />
        </Form>
      )}
    </li>
  )
}
