import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { ImportDetail } from '~/domain/capture'
import { Button } from '~/ui/primitives/button'
import { useFormat } from '~/ui/use-format'
import type { Plan } from './mapping-form'

const matches = ['new', 'our-id', 'external-id', 'email', 'phone', 'domain-name', 'company'] as const

/** What would happen: how rows match, what would change, and the warnings to be ticked one by one. Then it runs. */
export function CheckStep({ detail, plan, ready }: { detail: ImportDetail; plan: Plan; ready: number }) {
  const { t } = useTranslation('imports')
  const format = useFormat()
  const found = matches.filter((match) => (plan.matches[match] ?? 0) > 0)
  const waits = detail.warnings
  return (
    <div className="flex flex-col gap-4">
      {ready === 0 && <p className="text-13">{t('check.none')}</p>}
      {found.length > 0 && (
        <ul className="flex flex-wrap gap-x-6 gap-y-1 text-13">
          {found.map((match) => <li key={match}><span className="tn font-semibold">{format.number(plan.matches[match] ?? 0)}</span> {t(`match.${match}`)}</li>)}
        </ul>
      )}
      {plan.changes.length > 0 && <Changes plan={plan} />}
      {ready > 0 && (
        <Form method="post" action={`/imports/${detail.id}/run`} className="flex flex-col gap-3">
          {waits.length > 0 && (
            <fieldset className="flex flex-col gap-1">
              <legend className="field-label mb-1">{t('check.ticks')}</legend>
              {waits.map((code) => (
                <label key={code} className="check">
                  <input type="checkbox" className="native-check" name="tick" value={code} required />
                  <span>{t('check.tick', { n: format.number(plan.tally[code] ?? 0), what: t(`reason.${code}` as 'reason.nobody') })}</span>
                </label>
              ))}
            </fieldset>
          )}
          <div><Button type="submit" variant="next">{t('run', { n: format.number(ready) })}</Button></div>
        </Form>
      )}
    </div>
  )
}

function Changes({ plan }: { plan: Plan }) {
  const { t } = useTranslation('imports')
  return (
    <div className="tbl-wrap" tabIndex={0} role="region" aria-label={t('check.changes')}>
      <table className="tbl">
        <thead>
          <tr><th scope="col">{t('check.field')}</th><th scope="col">{t('check.before')}</th><th scope="col">{t('check.after')}</th></tr>
        </thead>
        <tbody>
          {plan.changes.map((change, index) => (
            <tr key={index}>
              <th scope="row">{t(`field.${change.field === 'name' ? 'full_name' : change.field}` as 'field.email', { defaultValue: change.field })}</th>
              <td className="text-muted">{change.before ?? '—'}</td>
              <td>{change.after ?? '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
