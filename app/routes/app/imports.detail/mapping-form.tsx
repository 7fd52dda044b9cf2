import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { ImportDetail } from '~/domain/capture'
import { Button } from '~/ui/primitives/button'

type MappingFormProps = { detail: ImportDetail; plan: NonNullable<ImportDetail['plan']>; fields: readonly string[] }

/** How each column is read; while the file waits, any of it can be changed and checked again. */
export function MappingForm({ detail, plan, fields }: MappingFormProps) {
  const { t } = useTranslation('imports')
  const isOpen = detail.state === 'checked'
  const fieldName = (field: string) => t(`field.${field}` as 'field.email', { defaultValue: field })
  return (
    <Form method="post" action={`/imports/${detail.id}/mapping`} className="flex flex-col gap-3">
      <div className="tbl-wrap" tabIndex={0} role="region" aria-label={t('mapping.title')}>
        <table className="tbl">
          <thead>
            <tr>
              <th scope="col">{t('mapping.column')}</th>
              <th scope="col">{t('mapping.sample')}</th>
              <th scope="col">{t('mapping.field')}</th>
              <th scope="col">{t('mapping.format')}</th>
            </tr>
          </thead>
          <tbody>
            {plan.headers.filter((header) => !plan.consent.includes(header)).map((header) => {
              const target = plan.mapping?.columns[header]
              const field = typeof target === 'string' ? target : (target?.field ?? '')
              const format = typeof target === 'string' ? '' : (target?.format ?? '')
              const reason = plan.reasons[header]
              return (
                <tr key={header}>
                  <th scope="row">{header}</th>
                  <td className="text-muted">{plan.samples[header]}</td>
                  <td>
                    <input type="hidden" name="column" value={header} />
                    {isOpen ? (
                      <select className="input min-w-36" name="field" defaultValue={field} aria-label={`${t('mapping.field')}: ${header}`}>
                        <option value="">{t('mapping.leaveOut')}</option>
                        {fields.map((name) => <option key={name} value={name}>{fieldName(name)}</option>)}
                        {field !== '' && !fields.includes(field) && <option value={field}>{field}</option>}
                      </select>
                    ) : field === '' ? t('mapping.leaveOut') : fieldName(field)}
                    {reason !== undefined && <span className="tbl-second">{t(`mapping.why.${reason}`)}</span>}
                  </td>
                  <td>{isOpen ? <input className="input min-w-28" name="format" defaultValue={format} placeholder="d/M/yyyy" aria-label={`${t('mapping.format')}: ${header}`} /> : format}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {plan.consent.length > 0 && <p className="text-12 text-muted">{t('mapping.consent', { columns: plan.consent.join(', ') })}</p>}
      {isOpen && <div><Button type="submit">{t('mapping.recheck')}</Button></div>}
    </Form>
  )
}
