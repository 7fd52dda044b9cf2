import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { reading } from '~/domain/kernel'
import { filterChoices, listProductLines } from '~/domain/leads'
import { createPolicy, previewDays, previewPolicy } from '~/domain/sla'
import { CreatePolicy, PreviewPolicy, type PreviewTerms } from '~/domain/sla/contract'
import { page, redirectTo, searchOf, submit } from '~/http'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { PolicyForm } from '~/ui/sla/policy-form'
import { PolicyProblem, wrongFields } from '~/ui/sla/policy-problem'
import { PolicyPreview } from '~/ui/sla/policy-preview'

export const handle: PageHandle = { title: 'responseTime' }

export const loader = page({ permission: 'settings:write' }, ({ ctx, request }) =>
  reading(ctx, async (at) => {
    const { channels, sources } = await filterChoices(at, {})
    const asked = PreviewPolicy.safeParse(searchOf(request))
    const terms: Partial<PreviewTerms> = asked.success ? asked.data : {}
    return { terms, choices: { channels, sources, productLines: await listProductLines(at, {}) }, preview: asked.success ? await previewPolicy(at, asked.data) : null, days: previewDays }
  }),
)

export const action = submit({ permission: 'settings:write', form: CreatePolicy }, async ({ ctx, input }) => {
  await createPolicy(ctx, input)
  return redirectTo('/settings/response-times')
})

export default function NewResponseTimePage() {
  const { terms, choices, preview, days } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('sla')
  const wrong = wrongFields(answer)
  return (
    <>
      <PageHeader title={t('policies.newTitle')} crumb={{ href: '/settings/response-times', label: t('policies.crumb') }} />
      <PageBody narrow>
        <PolicyProblem answer={answer} />
        {preview !== null && <PolicyPreview preview={preview} counting={terms.counting ?? 'working'} days={days} />}
        <PolicyForm terms={{ firstMinutes: 30, ...terms }} choices={choices} wrong={wrong} />
      </PageBody>
    </>
  )
}
