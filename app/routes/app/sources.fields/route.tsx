import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { mapFields, sourceDetail, sourceQuestions } from '~/domain/capture'
import { MapFields } from '~/domain/capture/contract'
import { fieldTargets } from '~/domain/capture/vocabulary'
import { can, reading } from '~/domain/kernel'
import { listFields } from '~/domain/leads'
import { page, submit } from '~/http'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { Button, LinkButton } from '~/ui/primitives/button'
import { EmptyState } from '~/ui/primitives/empty-state'
import { useFormat } from '~/ui/use-format'

export const handle: PageHandle = { title: 'mapping' }

export const loader = page({ permission: 'sources:write' }, ({ ctx, params }) =>
  reading(ctx, async (inside) => {
    const sourceId = params['sourceId'] as never
    const { id, name } = await sourceDetail(inside, { sourceId })
    const own = (await listFields(inside, {})).map(({ key, labelEn, labelZh }) => ({ key, en: labelEn, zh: labelZh }))
    return { own, source: { id, name }, ...(await sourceQuestions(inside, { sourceId })), mayReplay: can(ctx.actor, 'deliveries:replay') }
  }),
)

export const action = submit({ permission: 'sources:write', form: MapFields.omit({ sourceId: true }) }, ({ ctx, input, params }) => mapFields(ctx, { ...input, sourceId: params['sourceId'] as never }))

export default function FieldMappingPage() {
  const { t, i18n } = useTranslation('sources')
  const format = useFormat()
  const { own, source, looked, questions, mayReplay } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const busy = useNavigation().formMethod === 'POST'
  const crumb = { href: `/sources/${source.id}`, label: source.name }
  const mapped = questions.filter(({ field }) => field !== 'keep').length
  if (questions.length === 0) {
    return (
      <>
        <PageHeader title={t('map.titleNone', { name: source.name })} crumb={crumb} />
        <PageBody><EmptyState kind="empty" title={t('map.empty')} action={<LinkButton to={crumb.href}>{t('made.open')}</LinkButton>}>{t('map.emptyHint')}</EmptyState></PageBody>
      </>
    )
  }
  return (
    <>
      <PageHeader title={t('map.heading', { count: questions.length, mapped: format.number(mapped), name: source.name })} crumb={crumb} />
      <PageBody narrow>
        <p className="mb-4 text-13 text-text-2">{t('map.about', { count: looked, n: format.number(looked) })}</p>
        <Form method="post">
          <ul className="border-t border-line">
            {questions.map(({ question, field, count, share, example }, index) => (
              <li key={question} className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-3">
                <span className="min-w-0 flex-1 basis-64">
                  <label htmlFor={`rule-${index}`} className="block break-words text-14 font-medium">{question}</label>
                  <span className="block break-words text-12 text-muted">
                    {count === 0 ? t('map.unseen') : t('map.share', { share: format.percent(share, 0) })}{example !== null && ` · ${t('map.example', { example })}`}
                  </span>
                </span>
                <input type="hidden" name={`rules[${index}].question`} value={question} />
                <select id={`rule-${index}`} name={`rules[${index}].field`} defaultValue={field} className="input w-full sm:w-56">
                  {fieldTargets.map((target) => <option key={target} value={target}>{t(`field.${target}`)}</option>)}
                  {own.length > 0 && (
                    <optgroup label={t('map.own')}>
                      {own.map(({ key, en, zh }) => <option key={key} value={`custom.${key}`}>{i18n.language === 'zh-CN' ? zh || en : en}</option>)}
                    </optgroup>
                  )}
                </select>
              </li>
            ))}
          </ul>
          <div className="mt-5 flex flex-wrap items-center gap-3">
            <Button type="submit" variant={answer?.done === undefined ? 'next' : 'plain'} isPending={busy}>{t('one.save')}</Button>
            <span role="status" className="text-13">{busy ? '' : answer?.done !== undefined ? t('map.saved') : answer?.reply !== undefined || answer?.refusal !== undefined ? t('problem.invalid') : ''}</span>
            {answer?.done !== undefined && mayReplay && <LinkButton to={`/deliveries/replay?sourceId=${source.id}`} variant="next">{t('map.past')}</LinkButton>}
          </div>
          <p className="mt-3 text-12 text-muted">{t('map.from')}</p>
        </Form>
      </PageBody>
    </>
  )
}
