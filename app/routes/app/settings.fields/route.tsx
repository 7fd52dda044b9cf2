import { Form, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { can } from '~/domain/kernel'
import { createField, listFields } from '~/domain/leads'
import { fieldKinds } from '~/domain/leads/vocabulary'
import { page, redirectTo, submit } from '~/http'
import { PlainField, SelectRow } from '~/ui/leads/form-fields'
import { CURRENCIES } from '~/ui/leads/lead-dialogs'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { Button } from '~/ui/primitives/button'
import { Chip } from '~/ui/primitives/chip'
import { EmptyState } from '~/ui/primitives/empty-state'
import { choicesOf, choicesText } from './choices'

export const handle: PageHandle = { title: 'fields' }

export const loader = page({ permission: 'leads:read' }, async ({ ctx, viewer }) => ({ fields: await listFields(ctx, { all: true }), mayChange: can(ctx.actor, 'settings:write'), currency: viewer.org.currency }))

const NewField = z.object({ labelEn: z.string().default(''), labelZh: z.string().default(''), kind: z.enum(fieldKinds), choices: z.string().default(''), currency: z.string().optional() })

export const action = submit({ permission: 'settings:write', form: NewField }, async ({ ctx, input: { choices, currency, ...said } }) => {
  await createField(ctx, { ...said, choices: choicesOf(choices, []), currency: said.kind === 'money' ? currency : undefined })
  return redirectTo('/settings/fields')
})

/** Custom fields of leads: what they are called in both languages, of which kind they are, and whether they are in use. */
export default function FieldsPage() {
  const { fields, mayChange, currency } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('lists')
  const [search] = useSearchParams()
  const inUse = fields.filter(({ isArchived }) => !isArchived).length
  const refused = answer?.refusal?.code ?? (answer?.reply === undefined ? search.get('refused') : 'invalid')
  return (
    <>
      <PageHeader title={t('fields.title', { count: inUse, formatted: String(inUse) })} />
      <PageBody narrow>
        {refused !== null && refused !== undefined && <p role="alert" className="form-alert mb-4">{t(refused === 'name-taken' ? 'fields.taken' : refused === 'choice-missing' ? 'fields.choiceMissing' : 'fields.invalid')}</p>}
        {mayChange && (
          <PageSection title={t('fields.new')}>
            <Form method="post" className="ll-field-form">
              <PlainField label={t('fields.en')}>{(id) => <input id={id} name="labelEn" className="input" required maxLength={60} />}</PlainField>
              <PlainField label={t('fields.zh')}>{(id) => <input id={id} name="labelZh" className="input" maxLength={60} />}</PlainField>
              <SelectRow label={t('fields.kind')} name="kind" choices={fieldKinds.map((value) => ({ value, label: t(`kind.${value}`) }))} />
              <SelectRow label={t('fields.currency')} name="currency" defaultValue={currency} choices={[...new Set([currency, ...CURRENCIES])].map((value) => ({ value, label: value }))} />
              <PlainField label={t('fields.choices')}>{(id) => <textarea id={id} name="choices" className="input" rows={3} placeholder={t('fields.choicesHint')} />}</PlainField>
              <div><Button type="submit" variant="next">{t('fields.create')}</Button></div>
            </Form>
          </PageSection>
        )}
        {fields.length === 0 ? <EmptyState kind="empty" title={t('fields.none')}>{t('fields.noneHint')}</EmptyState> : (
          <ul className="mt-4 border-t border-line">{fields.map((field) => <FieldRow key={field.id} field={field} mayChange={mayChange} />)}</ul>
        )}
      </PageBody>
    </>
  )
}

function FieldRow({ field, mayChange }: { field: { id: string; key: string; kind: (typeof fieldKinds)[number]; labelEn: string; labelZh: string; choices: { key: string; en: string; zh: string }[]; currency: string | null; isArchived: boolean }; mayChange: boolean }) {
  const { t } = useTranslation('lists')
  return (
    <li className="flex flex-wrap items-center gap-3 border-b border-line py-3">
      <span className="min-w-0 grow basis-40 text-13"><b>{field.labelEn}</b>{field.labelZh !== '' && <span className="text-muted"> · {field.labelZh}</span>}<span className="block text-12 text-muted">{t(`kind.${field.kind}`)}{field.currency === null ? '' : ` · ${field.currency}`} · <code>{field.key}</code></span></span>
      {field.isArchived && <Chip>{t('fields.archived')}</Chip>}
      {mayChange && !field.isArchived && (
        <details className="ll-field-edit">
          <summary className="btn btn-s">{t('fields.change')}</summary>
          <Form method="post" action={`/settings/fields/${field.id}/labels`} className="ll-field-form mt-3">
            <PlainField label={t('fields.en')}>{(id) => <input id={id} name="labelEn" className="input" required maxLength={60} defaultValue={field.labelEn} />}</PlainField>
            <PlainField label={t('fields.zh')}>{(id) => <input id={id} name="labelZh" className="input" maxLength={60} defaultValue={field.labelZh} />}</PlainField>
            {field.choices.length > 0 && <PlainField label={t('fields.choices')}>{(id) => <textarea id={id} name="choices" className="input" rows={4} defaultValue={choicesText(field.choices)} />}</PlainField>}
            <div><Button type="submit">{t('save')}</Button></div>
          </Form>
        </details>
      )}
      {mayChange && <Form method="post" action={`/settings/fields/${field.id}/archive`}><input type="hidden" name="archived" value={field.isArchived ? 'no' : 'yes'} /><Button type="submit" size="s">{t(field.isArchived ? 'fields.restore' : 'fields.archive')}</Button></Form>}
    </li>
  )
}
