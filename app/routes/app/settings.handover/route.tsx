import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { previewHandover, startHandover } from '~/domain/assignment'
import { handoverWays } from '~/domain/assignment/vocabulary'
import { can } from '~/domain/kernel'
import { idOf } from '~/domain/kernel/contract'
import { listPools } from '~/domain/leads'
import { deactivateMember } from '~/domain/orgs'
import { page, redirectTo, submit } from '~/http'
import type { Id } from '~/lib/ids'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { useOwnershipWords } from '~/ui/ownership/words'
import { ProgressBar } from '~/ui/primitives/meter'
import { HeirFields } from './heir-fields'

export const handle: PageHandle = { title: 'handover' }

export const loader = page({ permission: 'leads:assign' }, async ({ ctx, params }) => ({
  preview: await previewHandover(ctx, { memberId: params['memberId'] as Id<'mem'> }), pools: await listPools(ctx, {}), mayDeactivate: can(ctx.actor, 'members:write'),
}))

const Chosen = z.object({ way: z.enum(handoverWays), toMember: idOf('mem').optional(), poolId: idOf('pool').optional(), weight: z.record(z.string(), z.string().optional()).optional(), ends: z.string().optional() })

export const action = submit({ permission: 'leads:assign', form: Chosen }, async ({ ctx, input, params, request }) => {
  const memberId = params['memberId'] as Id<'mem'>
  const shares = Object.entries(input.weight ?? {}).flatMap(([id, text]) => (Number(text ?? 0) > 0 ? [{ memberId: id as Id<'mem'>, weight: Number(text) }] : []))
  await startHandover(ctx, { memberId, way: input.way, toMember: input.toMember, poolId: input.poolId, shares })
  if (input.ends !== undefined && can(ctx.actor, 'members:write')) await deactivateMember(ctx, { memberId })
  throw redirectTo(new URL(request.url).pathname)
})

export type HandoverData = Awaited<ReturnType<typeof loader>>

export default function HandoverPage() {
  const { t } = useTranslation('assignment')
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const words = useOwnershipWords()
  const { preview, mayDeactivate } = data
  const { last } = preview
  const runs = last?.state === 'running'
  const refused = answer?.refusal ?? (answer?.reply === undefined ? undefined : { code: 'invalid', params: {} })
  return (
    <>
      <PageHeader title={t('handover.title', { name: preview.name, count: preview.open, underProtection: preview.underProtection })} crumb={{ href: '/settings/members', label: t('handover.crumb') }} />
      <PageBody narrow>
        {refused !== undefined && <p role="alert" className="form-alert mb-4"><span>{refused.code === 'at-cap' ? t('handover.noRoom', { cap: String(refused.params['cap'] ?? 0), open: preview.open }) : words.refusal(refused)}</span></p>}
        {last !== null && (
          <PageSection title={t('handover.last')}>
            <p className="mb-2 text-13" role="status">{t(runs ? 'handover.running' : 'handover.done', { moved: last.moved, total: last.total, kept: last.kept })}</p>
            {runs && <ProgressBar value={last.moved} max={Math.max(1, last.total)} label={t('handover.last')} />}
          </PageSection>
        )}
        {preview.open > 0 && !runs && (
          <PageSection title={t('handover.choose')}>
            <p className="mb-4 text-13 text-muted">{t('handover.what', { nextSteps: preview.nextSteps })}</p>
            <Form method="post" className="flex flex-col gap-5">
              <HeirFields data={data} />
              {mayDeactivate && preview.isActive && <label className="check"><input type="checkbox" name="ends" className="native-check" /><span>{t('handover.ends', { name: preview.name })}</span></label>}
              <div><button type="submit" className="btn btn-next">{t('handover.start', { count: preview.open })}</button></div>
            </Form>
          </PageSection>
        )}
        {preview.open === 0 && !runs && <p className="text-13 text-muted">{t('handover.nothing')}</p>}
      </PageBody>
    </>
  )
}
