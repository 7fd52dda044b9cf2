import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { createSource } from '~/domain/capture'
import { CreateSource } from '~/domain/capture/contract'
import { connectableNames } from '~/domain/capture/vocabulary'
import { listChannels } from '~/domain/channels'
import { reading } from '~/domain/kernel'
import { listProductLines } from '~/domain/leads'
import { listMembers } from '~/domain/orgs'
import { page, submit } from '~/http'
import { connectorGuide } from '~/i18n/connector-guides.server'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import { LinkButton } from '~/ui/primitives/button'
import { SourceForm } from './source-form'
import { SourceReady } from './source-ready'

const Search = z.object({ connector: z.enum(connectableNames).optional().catch(undefined) })

export const loader = page({ permission: 'sources:write', search: Search }, ({ ctx, search, viewer }) =>
  reading(ctx, async (inside) => ({
    connector: search.connector ?? null,
    guide: search.connector === undefined ? null : connectorGuide(search.connector, viewer.locale),
    about: Object.fromEntries(connectableNames.map((name) => [name, connectorGuide(name, viewer.locale).about])),
    channels: (await listChannels(inside, {})).map(({ id, name }) => ({ id, label: name })),
    members: (await listMembers(inside, {})).flatMap(({ id, name, role, status }) => (role === 'partner' || status !== 'active' ? [] : [{ id, label: name }])),
    productLines: (await listProductLines(inside, {})).map(({ id, name }) => ({ id, label: name })),
  })),
)

export const action = submit({ permission: 'sources:write', form: CreateSource }, async ({ ctx, input, viewer }) => ({
  ...(await createSource(ctx, input)), name: input.name, connector: input.connector, steps: connectorGuide(input.connector, viewer.locale).steps,
}))

export default function NewSourcePage() {
  const { t } = useTranslation('sources')
  const choices = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const crumb = { href: '/sources', label: t('new.crumb') }
  if (answer?.done) return <SourceReady made={answer.done} />
  if (choices.connector === null) {
    return (
      <>
        <PageHeader title={t('new.titlePick')} crumb={crumb} />
        <PageBody narrow>
          <ul className="border-t border-line">
            {connectableNames.map((name) => (
              <li key={name} className="flex min-h-16 flex-wrap items-center gap-3 border-b border-line py-3">
                <span className="min-w-0 flex-1 basis-56">
                  <span className="block text-14 font-medium">{t(`connector.${name}`)}</span>
                  <span className="block text-13 text-muted">{choices.about[name]}</span>
                </span>
                <LinkButton to={`?connector=${name}`} aria-label={`${t('new.pick')} ${t(`connector.${name}`)}`}>{t('new.pick')}</LinkButton>
              </li>
            ))}
          </ul>
        </PageBody>
      </>
    )
  }
  return (
    <>
      <PageHeader title={t('new.title', { connector: t(`connector.${choices.connector}`) })} crumb={crumb} />
      <PageBody narrow>
        <SourceForm connector={choices.connector} choices={choices} answer={answer} />
      </PageBody>
    </>
  )
}
