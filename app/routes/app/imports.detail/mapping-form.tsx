import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { ImportDetail } from '~/domain/capture'
import { PageSection } from '~/ui/layout/page-header'
import { Button } from '~/ui/primitives/button'
import { ValuesStep } from './values-step'
import { ConflictsStep } from './conflicts-step'

export type Plan = NonNullable<ImportDetail['plan']>
/** A field of the organisation's own. */
type OwnField = { key: string; en: string; zh: string }
type MappingFormProps = { detail: ImportDetail; plan: Plan; fields: readonly string[]; own: readonly OwnField[] }
type ColumnsProps = Omit<MappingFormProps, 'detail'> & { kind: ImportDetail['kind'] }

/** How a waiting file is read: its columns, what its values leave open, whom rows match and what they may change. One form, checked again as one. */
export function MappingForm({ detail, plan, fields, own }: MappingFormProps) {
  const { t } = useTranslation('imports')
  return (
    <Form method="post" action={`/imports/${detail.id}/mapping`} key={JSON.stringify(plan.mapping)}>
      <PageSection title={t('mapping.title')} aside={plan.dialect === null ? undefined : t('mapping.written', { encoding: plan.dialect.encoding, delimiter: t(`delimiter.${delimiterName(plan.dialect.delimiter)}`) })}>
        <Columns plan={plan} fields={fields} own={own} kind={detail.kind} />
        {plan.consent.length > 0 && <p className="mt-3 text-12 text-muted">{t('mapping.consent', { columns: plan.consent.join(', ') })}</p>}
      </PageSection>
      <PageSection title={t('values.title')}><ValuesStep detail={detail} plan={plan} /></PageSection>
      {detail.kind === 'leads' && <PageSection title={t('conflicts.title')}><ConflictsStep plan={plan} /></PageSection>}
      <div className="pb-5"><Button type="submit">{t('mapping.recheck')}</Button></div>
    </Form>
  )
}

const delimiterName = (delimiter: string) => (({ ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' }) as const)[delimiter] ?? 'comma'

function Columns({ plan, fields, own, kind }: ColumnsProps) {
  const { t } = useTranslation('imports')
  return (
    <div className="tbl-wrap" tabIndex={0} role="region" aria-label={t('mapping.title')}>
      <table className="tbl">
        <thead>
          <tr>
            <th scope="col">{t('mapping.column')}</th>
            <th scope="col" className="hidden sm:table-cell">{t('mapping.sample')}</th>
            <th scope="col">{t('mapping.field')}</th>
            <th scope="col" className="hidden sm:table-cell">{t('mapping.format')}</th>
          </tr>
        </thead>
        <tbody>
          {plan.headers.filter((header) => !plan.consent.includes(header)).map((header) => <ColumnRow key={header} header={header} plan={plan} fields={fields} own={own} kind={kind} />)}
        </tbody>
      </table>
    </div>
  )
}

function ColumnRow({ header, plan, fields, own, kind }: ColumnsProps & { header: string }) {
  const { t, i18n } = useTranslation('imports')
  const target = plan.mapping?.columns[header]
  const field = typeof target === 'string' ? target : (target?.field ?? '')
  const format = typeof target === 'string' ? '' : (target?.format ?? '')
  const reason = plan.reasons[header]
  const fieldName = (name: string) => t(`field.${name}` as 'field.email', { defaultValue: name })
  const isSure = reason !== undefined && !reason.startsWith('looks-like') && reason !== 'unique-id' && reason !== 'only-date'
  return (
    <tr>
      <th scope="row">
        {header}
        <span className="tbl-second break-all sm:hidden">{plan.samples[header]}</span>
      </th>
      <td className="hidden text-muted sm:table-cell">{plan.samples[header]}</td>
      <td>
        <input type="hidden" name="column" value={header} />
        <select className="input min-w-36" name="field" defaultValue={field} aria-label={`${t('mapping.field')}: ${header}`}>
          <option value="">{t('mapping.leaveOut')}</option>
          {kind === 'leads' && <option value={`custom.${header}`}>{t('mapping.answer')}</option>}
          {own.length > 0 && (
            <optgroup label={t('mapping.ownFields')}>
              {own.filter(({ key }) => key !== header).map(({ key, en, zh }) => <option key={key} value={`custom.${key}`}>{i18n.language === 'zh-CN' ? zh || en : en}</option>)}
            </optgroup>
          )}
          {fields.map((name) => <option key={name} value={name}>{fieldName(name)}</option>)}
          {field !== '' && !fields.includes(field) && field !== `custom.${header}` && !own.some(({ key }) => field === `custom.${key}`) && <option value={field}>{field}</option>}
        </select>
        {reason !== undefined && <span className="tbl-second">{t(isSure ? 'mapping.sure' : 'mapping.unsure')} · {t(`mapping.why.${reason}`)}</span>}
      </td>
      <td className="hidden sm:table-cell">
        <input className="input min-w-28" name="format" defaultValue={format} placeholder="d/M/yyyy" aria-label={`${t('mapping.format')}: ${header}`} />
      </td>
    </tr>
  )
}
