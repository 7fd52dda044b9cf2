import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { connectorFields, createSource, ownReachProblem } from '~/domain/capture'
import { CreateSource } from '~/domain/capture/contract'
import { connectableNames } from '~/domain/capture/vocabulary'
import { reading } from '~/domain/kernel'
import { page, sourceChoices, submit } from '~/http'
import { connectorGuide } from '~/i18n/connector-guides.server'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { PlatformList } from './platform-list'
import { homeCountry, suggestedChannel } from './platforms'
import { SourceForm } from './source-form'
import { SourceReady } from './source-ready'

export const handle: PageHandle = { title: 'newSource' }

const Search = z.object({ connector: z.enum(connectableNames).optional().catch(undefined) })

export const loader = page({ permission: 'sources:write', search: Search }, ({ ctx, search: { connector }, viewer }) =>
  reading(ctx, async (inside) => {
    if (connector === undefined) return { about: Object.fromEntries(connectableNames.map((name) => [name, connectorGuide(name, viewer.locale).about])), chosen: null }
    const choices = await sourceChoices(inside)
    const suggested = { name: '', ...suggestedChannel(connector, choices.channels), defaultCountry: homeCountry(viewer.org.timeZone, viewer.locale) }
    return { about: {}, chosen: { connector, guide: connectorGuide(connector, viewer.locale), needs: connectorFields(connector), choices, suggested } }
  }),
)

export const action = submit({ permission: 'sources:write', form: CreateSource }, async ({ ctx, input, viewer }) => {
  const { secret, steps, fields } = connectorGuide(input.connector, viewer.locale)
  const made = await createSource(ctx, input)
  // A secret that was brought is known to whoever brought it: only what we made is shown.
  const keys = Object.entries(made.keys).map(([name, value]) => ({ label: (fields as Record<string, { label: string }>)[name]?.label ?? name, value }))
  return { ...made, secret: input.secret === null || input.secret === '' ? made.secret : null, keys, name: input.name, connector: input.connector, secretLabel: secret?.label ?? null, steps, reach: ownReachProblem() }
})

export default function NewSourcePage() {
  const { t } = useTranslation('sources')
  const { about, chosen } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (answer?.done) return <SourceReady made={answer.done} />
  if (chosen === null) {
    return (
      <>
        <PageHeader title={t('new.titlePick')} crumb={{ href: '/sources', label: t('new.crumb') }} />
        <PageBody narrow><PlatformList about={about} /></PageBody>
      </>
    )
  }
  return (
    <>
      <PageHeader title={t('new.title', { connector: t(`connector.${chosen.connector}`) })} crumb={{ href: '/sources/new', label: t('new.crumbPick') }} />
      <PageBody narrow>
        <p className="mb-5 text-13 text-text-2">{chosen.guide.about}</p>
        <SourceForm connector={chosen.connector} needs={chosen.needs} guide={chosen.guide} choices={chosen.choices} suggested={chosen.suggested} answer={answer} />
      </PageBody>
    </>
  )
}
