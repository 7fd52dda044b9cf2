import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { can, reading } from '~/domain/kernel'
import { leadsAbout } from '~/domain/leads'
import { mergeHistory } from '~/domain/merging'
import { suppressionsOf } from '~/domain/outreach'
import { personDetail } from '~/domain/people'
import { objectionOf } from '~/domain/scoring'
import { page, redirectTo } from '~/http'
import { ProfilingSwitch } from '~/ui/leads/profiling-switch'
import { RevealContact } from '~/ui/leads/reveal-contact'
import { RecordPage } from '~/ui/merging/record-page'
import type { PageHandle } from '~/ui/layout/page-title'
import { MailWishes } from './mail-wishes'

export const handle: PageHandle<Awaited<ReturnType<typeof loader>>> = { title: 'person', recordOf: ({ person }) => person.name }

/** Of somebody who was merged, the page of the one who stands for them. */
export const loader = page({ permission: 'leads:read' }, ({ ctx, params }) =>
  reading(ctx, async (inside) => {
    const person = await personDetail(inside, { personId: params['personId'] as never })
    if (person.id !== params['personId']) throw redirectTo(`/people/${person.id}`)
    return { person, leads: await leadsAbout(inside, { of: person.id }), merges: await mergeHistory(inside, { kind: 'person', id: person.id }), objection: await objectionOf(inside, { personId: person.id }), stopped: await suppressionsOf(inside, { personId: person.id }), mayLift: can(ctx.actor, 'outreach:write'), mayWrite: can(ctx.actor, 'leads:write'), mayReveal: can(ctx.actor, 'contacts:reveal') }
  }),
)

export default function PersonPage() {
  const { person, leads, merges, objection, stopped, mayLift, mayWrite, mayReveal } = useLoaderData<typeof loader>()
  const { t } = useTranslation('merging')
  const { t: mail } = useTranslation('mail')
  const { t: score } = useTranslation('score')
  const addresses = person.reach.filter(({ kind }) => kind === 'email')
  const facts = [
    { name: t('field.title'), value: person.title ?? '—' },
    { name: t('record.reach'), value: person.reach.length === 0 ? '—' : person.reach.map((reach) => <div key={reach.key}><RevealContact reach={reach} of={{ personId: person.id }} mayReveal={mayReveal} /></div>) },
    ...(addresses.length === 0 ? [] : [{ name: mail('wish.title'), value: <MailWishes personId={person.id} addresses={addresses} stopped={stopped} mayWrite={mayWrite} mayLift={mayLift} /> }]),
    { name: score('profiling.title'), value: <ProfilingSwitch person={person} {...objection} mayWrite={mayWrite} /> },
    { name: t('field.city'), value: [person.city, person.region, person.country].filter((part) => part !== null).join(', ') || '—' },
  ]
  const rows = person.companies.map(({ id, name, title }) => ({ id, name, href: `/companies/${id}`, more: title }))
  return <RecordPage kind="person" id={person.id} name={person.name} facts={facts} others={{ title: t('record.companies'), empty: t('person.nothing'), rows }} leads={leads} merges={merges} mayWrite={mayWrite} />
}
