import { useFetcher, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { can } from '~/domain/kernel'
import { keepDisposition, outcomeChoices, type OutcomeChoice } from '~/domain/leads'
import { KeepDisposition } from '~/domain/leads/contract'
import { doneOrBack, page, submit } from '~/http'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { useLeadWords } from '~/ui/leads/lead-words'
import { outcomeKeys } from '~/ui/leads/outcome-pad'
import { Chip } from '~/ui/primitives/chip'
import { Kbd } from '~/ui/primitives/kbd'
import { OutcomeForm } from './outcome-form'

export const handle: PageHandle = { title: 'outcomes' }

export const loader = page({ permission: 'settings:read' }, async ({ ctx }) => ({ outcomes: await outcomeChoices(ctx, { all: true }), mayChange: can(ctx.actor, 'settings:write') }))

export const action = submit({ permission: 'settings:write', form: KeepDisposition }, async ({ ctx, input, request }) => doneOrBack(request, '/settings/outcomes', await keepDisposition(ctx, input)))

export default function OutcomesPage() {
  const { t } = useTranslation('orgs')
  const { outcomes, mayChange } = useLoaderData<typeof loader>()
  const standing = outcomes.filter(({ isArchived }) => !isArchived)
  const archived = outcomes.filter(({ isArchived }) => isArchived)
  return (
    <>
      <PageHeader title={t('outcomes.title', { count: standing.length })} />
      <PageBody narrow>
        <p className="mb-4 max-w-[60ch] text-14 text-text-2">{t('outcomes.about')}</p>
        <ul className="border-t border-line">
          {standing.map((choice, index) => <OutcomeRow key={choice.id ?? choice.outcome} choice={choice} place={index} last={index === standing.length - 1} mayChange={mayChange} />)}
        </ul>
        {mayChange && outcomes.some(({ id }) => id === null) && <Adopt />}
        {mayChange && <PageSection title={t('outcomes.add')}><OutcomeForm key={outcomes.length} choice={null} /></PageSection>}
        {archived.length > 0 && <PageSection title={t('outcomes.archived')}><ul>{archived.map((choice) => <OutcomeRow key={choice.id} choice={choice} place={-1} last mayChange={mayChange} />)}</ul></PageSection>}
      </PageBody>
    </>
  )
}

/** Today's six stand until somebody wants them otherwise: then they are written down and each can be changed. */
function Adopt() {
  const { t } = useTranslation('orgs')
  const fetcher = useFetcher()
  return (
    <fetcher.Form method="post" action="/settings/outcomes/adoption" className="py-3">
      <button type="submit" className="btn" disabled={fetcher.state !== 'idle'}>{t('outcomes.adopt')}</button>
    </fetcher.Form>
  )
}

function OutcomeRow({ choice, place, last, mayChange }: { choice: OutcomeChoice; place: number; last: boolean; mayChange: boolean }) {
  const { t } = useTranslation('orgs')
  const name = useLeadWords().outcome(choice)
  return (
    <li className="border-b border-line py-2" data-outcome={name}>
      <div className="flex min-h-11 flex-wrap items-center gap-2">
        {place >= 0 && place < outcomeKeys.length && <><span className="sr">{t('outcomes.key', { key: place + 1 })}</span><Kbd keys={String(place + 1)} /></>}
        <b className="text-14">{name}</b>
        {choice.isTwoWay && <Chip tone="won">{t('outcomes.twoWay')}</Chip>}
        {!choice.counts && <Chip>—</Chip>}
        {mayChange && <Places choice={choice} place={place} last={last} name={name} />}
      </div>
      {mayChange && choice.id !== null && (
        <details className="pb-2">
          <summary className="cursor-pointer text-13 text-muted">{t('outcomes.edit')}<span className="sr">: {name}</span></summary>
          <div className="pt-3"><OutcomeForm choice={choice} /></div>
        </details>
      )}
    </li>
  )
}

function Places({ choice, place, last, name }: { choice: OutcomeChoice; place: number; last: boolean; name: string }) {
  const { t } = useTranslation('orgs')
  const fetcher = useFetcher<{ refusal?: { code: string } }>()
  const { id } = choice
  if (id === null) return null
  const refused = fetcher.state === 'idle' && fetcher.data?.refusal !== undefined
  const code = fetcher.data?.refusal?.code === 'conflict' ? 'conflict' : 'failed'
  return (
    <span className="ml-auto flex gap-1">
      {refused && <span role="alert" className="text-12 text-breach">{t(`outcomes.refused.${code}`)}</span>}
      {place >= 0 && (
        <fetcher.Form method="post" action={`/settings/outcomes/${id}/place`} className="flex gap-1">
          <button type="submit" name="direction" value="up" className="btn btn-s" aria-label={t('outcomes.up', { name })} disabled={place === 0}>↑</button>
          <button type="submit" name="direction" value="down" className="btn btn-s" aria-label={t('outcomes.down', { name })} disabled={last}>↓</button>
        </fetcher.Form>
      )}
      <fetcher.Form method="post" action={`/settings/outcomes/${id}/archive`}>
        <button type="submit" name="isArchived" value={choice.isArchived ? 'false' : 'true'} className="btn btn-s">{t(choice.isArchived ? 'outcomes.restore' : 'outcomes.archive')}<span className="sr">: {name}</span></button>
      </fetcher.Form>
    </span>
  )
}
