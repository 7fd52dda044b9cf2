import { useFetcher, useLoaderData, type ShouldRevalidateFunction } from '@remix-run/react'
import { Trans, useTranslation } from 'react-i18next'
import { can } from '~/domain/kernel'
import { keepTemplate, listTemplates, type MailTemplate, type TemplateList } from '~/domain/outreach'
import { KeepTemplate } from '~/domain/outreach/contract'
import { mailVariables } from '~/domain/outreach/vocabulary'
import { doneOrBack, page, submit } from '~/http'
import { LOCALE_NAMES } from '~/lib/locales'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { Chip } from '~/ui/primitives/chip'
import { EmptyState } from '~/ui/primitives/empty-state'
import { TemplateForm } from './template-form'

export const handle: PageHandle = { title: 'mail' }

export const loader = page({ permission: 'leads:read' }, async ({ ctx }) => ({ ...(await listTemplates(ctx, {})), mayWrite: can(ctx.actor, 'outreach:write') }))

export const action = submit({ permission: 'outreach:write', form: KeepTemplate }, async ({ ctx, input, request }) => doneOrBack(request, '/settings/mail', await keepTemplate(ctx, input)))

/** A preview is asked for at every pause in typing, and changes nothing here. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formAction, defaultShouldRevalidate }) => formAction !== '/settings/mail/preview' && defaultShouldRevalidate

export default function MailSettings() {
  const { t } = useTranslation('templates')
  const { templates, route, mayWrite } = useLoaderData<typeof loader>()
  const standing = templates.filter(({ isArchived }) => !isArchived)
  const archived = templates.filter(({ isArchived }) => isArchived)
  return (
    <>
      <PageHeader title={standing.length === 0 ? t('titleNone') : t('title', { count: standing.length })} />
      <PageBody narrow>
        <p className="mb-2 max-w-[60ch] text-14 text-text-2">{t('about')}</p>
        <p className="mb-4 max-w-[60ch] text-13 text-muted"><Route route={route} /></p>
        {templates.length === 0 && <EmptyState kind="empty" title={t('none')} action={mayWrite ? <Adopt /> : undefined}>{t(mayWrite ? 'noneHint' : 'noneRead')}</EmptyState>}
        <ul className="border-t border-line empty:border-t-0">{standing.map((template) => <TemplateRow key={template.id} template={template} mayWrite={mayWrite} />)}</ul>
        {mayWrite && <PageSection title={t('add')}><TemplateForm key={templates.length} template={null} isFirst={templates.length === 0} /></PageSection>}
        <PageSection title={t('values')}><Values /></PageSection>
        {archived.length > 0 && <PageSection title={t('archived')}><ul>{archived.map((template) => <TemplateRow key={template.id} template={template} mayWrite={mayWrite} />)}</ul></PageSection>}
      </PageBody>
    </>
  )
}

/** Where mails go, as it is now. */
function Route({ route }: { route: TemplateList['route'] }) {
  const { t } = useTranslation('templates')
  if (route.leaves) return <>{t('leaves', { address: route.from })}</>
  if (!route.isShown) return <>{t('keptFolder')}</>
  return <Trans ns="templates" i18nKey="kept" components={{ box: <a className="lnk" href="/dev/mailbox">/dev/mailbox</a> }} />
}

function Adopt() {
  const { t } = useTranslation('templates')
  const fetcher = useFetcher()
  return (
    <fetcher.Form method="post" action="/settings/mail/adoption">
      <button type="submit" className="btn btn-next" disabled={fetcher.state !== 'idle'}>{t('adopt')}</button>
    </fetcher.Form>
  )
}

function TemplateRow({ template, mayWrite }: { template: MailTemplate; mayWrite: boolean }) {
  const { t } = useTranslation('templates')
  const fetcher = useFetcher()
  return (
    <li className="border-b border-line py-2" data-template={template.name}>
      <div className="flex min-h-11 flex-wrap items-center gap-2">
        <span className="min-w-0 grow basis-40"><b className="text-14" lang={template.locale}>{template.name}</b><span className="block truncate text-13 text-muted" lang={template.locale}>{template.subject}</span></span>
        <Chip>{LOCALE_NAMES[template.locale]}</Chip>
        <span className="text-12 text-muted">{template.used === 0 ? t('unused') : t('used', { count: template.used })} · {t('revision', { number: String(template.revision) })}</span>
        {mayWrite && (
          <fetcher.Form method="post" action={`/settings/mail/${template.id}/archive`}>
            <button type="submit" name="isArchived" value={template.isArchived ? 'false' : 'true'} className="btn btn-s">{t(template.isArchived ? 'restore' : 'archive')}<span className="sr">: {template.name}</span></button>
          </fetcher.Form>
        )}
      </div>
      <details className="pb-2">
        <summary className="min-h-6 cursor-pointer text-13 leading-6 text-muted">{t(mayWrite ? 'change' : 'show')}<span className="sr">: {template.name}</span></summary>
        <div className="pt-3">{mayWrite ? <TemplateForm template={template} /> : <p className="text-14 whitespace-pre-line [overflow-wrap:anywhere]" lang={template.locale}>{template.body}</p>}</div>
      </details>
    </li>
  )
}

/** Everything a template may name, in one place. */
function Values() {
  const { t } = useTranslation('templates')
  return (
    <>
      <p className="mb-3 max-w-[60ch] text-13 text-muted">{t('valuesHint')}<code className="mt-1 block [overflow-wrap:anywhere]">{'{{ person.title | default: "…" }}'}</code><code className="block [overflow-wrap:anywhere]">{'{% if person.title %}…{% else %}…{% endif %}'}</code></p>
      <dl className="grid gap-x-6 gap-y-2 text-13 sm:grid-cols-2">
        {mailVariables.map((name) => <div key={name} className="min-w-0"><dt><code>{`{{ ${name} }}`}</code></dt><dd className="text-muted">{t(`variable.${name}`)}</dd></div>)}
      </dl>
    </>
  )
}
