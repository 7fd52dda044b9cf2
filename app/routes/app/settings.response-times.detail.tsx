import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { can, reading } from '~/domain/kernel'
import { filterChoices, listProductLines } from '~/domain/leads'
import { changePolicy, policyDetail, previewDays, previewPolicy } from '~/domain/sla'
import { PolicyTerms, PreviewPolicy } from '~/domain/sla/contract'
import { page, redirectTo, searchOf, submit } from '~/http'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { Button } from '~/ui/primitives/button'
import { PolicyForm } from '~/ui/sla/policy-form'
import { PolicyProblem, wrongFields } from '~/ui/sla/policy-problem'
import { PolicyPreview } from '~/ui/sla/policy-preview'
import { useFormat } from '~/ui/use-format'

export const handle: PageHandle = { title: 'responseTime' }

export const loader = page({ permission: 'settings:read' }, ({ ctx, params, request }) =>
  reading(ctx, async (at) => {
    const policy = await policyDetail(at, { policyId: params['policyId'] as never })
    const { channels, sources } = await filterChoices(at, {})
    const asked = PreviewPolicy.safeParse(searchOf(request))
    const terms = asked.success ? asked.data : { ...policy, ...policy.conditions }
    return {
      policy: { id: policy.id, name: policy.name, version: policy.version, firstMinutes: policy.firstMinutes, running: policy.running }, terms, days: previewDays, mayChange: can(ctx.actor, 'settings:write'),
      choices: { channels, sources, productLines: await listProductLines(at, {}) }, preview: await previewPolicy(at, terms),
    }
  }),
)

const Changed = PolicyTerms.extend({ version: z.coerce.number().int().optional(), applyToRunning: z.coerce.boolean().default(false) })

export const action = submit({ permission: 'settings:write', form: Changed }, async ({ ctx, input, params }) => {
  await changePolicy(ctx, { ...input, policyId: params['policyId'] as never })
  return redirectTo('/settings/response-times')
})

export default function ResponseTimePage() {
  const { policy, terms, choices, preview, days, mayChange } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('sla')
  const format = useFormat()
  const wrong = wrongFields(answer)
  return (
    <>
      <PageHeader title={t('policies.editTitle', { name: policy.name, minutes: format.duration(policy.firstMinutes * 60) })} crumb={{ href: '/settings/response-times', label: t('policies.crumb') }} />
      <PageBody narrow>
        <PolicyProblem answer={answer} />
        <PolicyPreview preview={preview} counting={terms.counting} days={days} />
        {mayChange && (
          <>
            <PolicyForm terms={terms} choices={choices} wrong={wrong}>
              <input type="hidden" name="version" value={policy.version} />
              {policy.running > 0 && <label className="check"><input type="checkbox" name="applyToRunning" value="true" className="native-check" /><span>{t('policies.apply', { count: policy.running })}</span></label>}
            </PolicyForm>
            <Form method="post" action={`/settings/response-times/${policy.id}/archive`} className="mt-8 flex flex-wrap items-center gap-3 border-t border-line pt-4">
              <Button type="submit" variant="danger">{t('policies.archive')}</Button>
              <span className="text-12 text-muted">{t('policies.archiveHint')}</span>
            </Form>
          </>
        )}
      </PageBody>
    </>
  )
}
