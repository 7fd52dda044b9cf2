import { Form, useActionData, useLoaderData } from '@remix-run/react'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { can, DomainError } from '~/domain/kernel'
import { learnCard } from '~/domain/scoring'
import { cardOutcomes, horizons } from '~/domain/scoring/contract'
import { page, redirectTo, submit } from '~/http'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { SubmitButton } from '~/ui/forms/form'
import { MissingData } from '~/ui/scoring/missing-data'

export const handle: PageHandle = { title: 'learnCard' }

export const loader = page({ permission: 'settings:read' }, async ({ ctx }) => {
  if (!can(ctx.actor, 'scoring:write')) throw new DomainError('not-allowed')
  return { outcomes: cardOutcomes, horizons }
})

const Asked = z.object({
  outcome: z.enum(cardOutcomes), horizonDays: z.enum(['30', '60', '90', '180']).transform((days) => Number(days) as (typeof horizons)[number]),
  allow: z.union([z.string(), z.array(z.string())]).optional().transform((columns) => (columns === undefined ? [] : [columns].flat())),
})

/** A draft learned from the organisation's own outcomes, or what is missing for it. */
export const action = submit({ permission: 'scoring:write', form: Asked }, async ({ ctx, input }) => {
  const answer = await learnCard(ctx, input)
  if (answer.state === 'asked') throw redirectTo(`/scoring/${answer.cardId}`)
  return { missing: answer.missing, outcome: input.outcome, horizonDays: input.horizonDays }
})

export default function LearningPage() {
  const { t } = useTranslation('scoring')
  const { outcomes, horizons: days } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const abstained = answer !== undefined && 'done' in answer ? answer.done : undefined
  return (
    <>
      <PageHeader title={t(abstained === undefined ? 'learn.sentence' : 'learn.abstained')} crumb={{ href: '/scoring', label: t('title') }} />
      <PageBody narrow>
        {answer?.refusal !== undefined && <p role="alert" className="form-alert mb-4"><CircleAlert className="i" aria-hidden="true" /><span>{t(answer.refusal.code === 'too-many' ? 'refusal.too-many' : 'refusal.invalid')}</span></p>}
        {abstained !== undefined && <div className="mb-6"><MissingData missing={abstained.missing} outcome={abstained.outcome} horizonDays={abstained.horizonDays} /></div>}
        <ol className="mb-6 flex max-w-[70ch] list-decimal flex-col gap-1 pl-5 text-13 text-text-2">{([t('learn.how1'), t('learn.how2'), t('learn.how3')]).map((line) => <li key={line}>{line}</li>)}</ol>
        <Form method="post" className="flex flex-col gap-5">
          <fieldset className="field"><legend className="field-label mb-1">{t('learn.outcome')}</legend>
            {outcomes.map((outcome, at) => <label key={outcome} className="check"><input type="radio" name="outcome" value={outcome} defaultChecked={at === 0} className="native-check" /><span>{t(`outcome.${outcome}`)}<span className="opt-desc">{t(`learn.${outcome}Hint`)}</span></span></label>)}
          </fieldset>
          <label className="field max-w-64"><span className="field-label">{t('learn.horizon')}</span>
            <select name="horizonDays" defaultValue="90" className="input">{days.map((each) => <option key={each} value={each}>{t('learn.days', { count: each })}</option>)}</select>
            <span className="field-hint">{t('learn.horizonHint')}</span>
          </label>
          <div><SubmitButton>{t('learn.submit')}</SubmitButton></div>
        </Form>
      </PageBody>
    </>
  )
}
