import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/primitives/button'
import { useFormat } from '~/ui/use-format'
import type { LeadPageData } from './route'

type Field = LeadPageData['fields'][number]

/** Custom fields of the lead, each a small form: it works without a script. */
export function CustomFields({ data }: { data: LeadPageData }) {
  const { t } = useTranslation('lists')
  const { locale } = useFormat()
  const { lead, fields, values, mayWrite } = data
  if (fields.length === 0) return null
  return (
    <section className="q-part">
      <h2 className="ld-h">{t('fields.heading')}</h2>
      <dl className="ld-facts">
        {fields.map((field) => {
          const label = locale === 'zh-CN' && field.labelZh !== '' ? field.labelZh : field.labelEn
          const value = values[field.id]
          return (
            <div key={field.id}>
              <dt>{label}</dt>
              <dd>
                <details className="ll-custom">
                  <summary>{shown(field, value, locale, t)}</summary>
                  {mayWrite && lead.duplicateOf === null && (
                    <Form method="post" action={`/leads/${lead.id}/edit?plain`} className="ll-custom-form">
                      <input type="hidden" name="field" value={field.id} /><input type="hidden" name="version" value={lead.version} />
                      <input type="hidden" name="was" value={Array.isArray(value) ? [...value].sort().join(',') : (value ?? '')} />
                      <Control field={field} value={value} label={label} locale={locale} />
                      <Button type="submit" size="s">{t('save')}</Button>
                    </Form>
                  )}
                </details>
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}

const choiceName = (field: Field, key: string, locale: string) => { const found = field.choices.find((each) => each.key === key); return found === undefined ? key : locale === 'zh-CN' && found.zh !== '' ? found.zh : found.en }

function shown(field: Field, value: string | string[] | undefined, locale: string, t: (key: 'yes' | 'no') => string): string {
  if (value === undefined) return '—'
  if (Array.isArray(value)) return value.map((key) => choiceName(field, key, locale)).join(', ')
  if (field.kind === 'boolean') return t(value === 'yes' ? 'yes' : 'no')
  return field.kind === 'choice' ? choiceName(field, value, locale) : field.kind === 'money' ? `${value} ${field.currency ?? ''}` : value
}

function Control({ field, value, label, locale }: { field: Field; value: string | string[] | undefined; label: string; locale: string }) {
  const { t } = useTranslation('lists')
  const one = Array.isArray(value) ? '' : (value ?? '')
  switch (field.kind) {
    case 'boolean': return <select name="value" className="input" aria-label={label} defaultValue={one}><option value="">—</option><option value="yes">{t('yes')}</option><option value="no">{t('no')}</option></select>
    case 'choice': return <select name="value" className="input" aria-label={label} defaultValue={one}><option value="">—</option>{field.choices.map(({ key }) => <option key={key} value={key}>{choiceName(field, key, locale)}</option>)}</select>
    case 'multi_choice': return <><input type="hidden" name="many" value="yes" />{field.choices.map(({ key }) => <label key={key} className="check"><input type="checkbox" className="native-check" name="values" value={key} defaultChecked={Array.isArray(value) && value.includes(key)} /><span>{choiceName(field, key, locale)}</span></label>)}</>
    case 'long_text': return <textarea name="value" className="input" rows={3} aria-label={label} defaultValue={one} />
    case 'date': return <input type="date" name="value" className="input" aria-label={label} defaultValue={one} />
    default: return <input type={field.kind === 'url' ? 'url' : 'text'} inputMode={field.kind === 'number' || field.kind === 'money' ? 'decimal' : undefined} name="value" className="input" aria-label={label} defaultValue={one} />
  }
}
