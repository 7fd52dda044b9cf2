import { useSubmit } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { junkReasons, verdicts } from '~/domain/leads/vocabulary'
import type { BulkActionName } from '~/domain/views/vocabulary'
import { PlainField, SelectRow } from '~/ui/leads/form-fields'
import { useFormat } from '~/ui/use-format'

type Field = { id: string; labelEn: string; labelZh: string; kind: string; choices: { key: string; en: string; zh: string }[] }
type Props = { action: string; may: readonly BulkActionName[]; choices: { owners: { id: string; name: string }[]; fields: Field[] }; search: URLSearchParams }

/** What shall be done, and what that needs to know. Another choice asks the page again, with and without a script. */
export function DeedFields({ action, may, choices, search }: Props) {
  const { t } = useTranslation('lists')
  const { t: leads } = useTranslation('leads')
  const submit = useSubmit()
  const { locale } = useFormat()
  const given = (name: string) => search.get(name) ?? undefined
  const again = (event: { currentTarget: HTMLSelectElement }) => { if (event.currentTarget.form !== null) void submit(event.currentTarget.form, { replace: true }) }
  const field = choices.fields.find(({ id }) => id === given('fieldId'))
  const label = (each: { labelEn: string; labelZh: string }) => (locale === 'zh-CN' && each.labelZh !== '' ? each.labelZh : each.labelEn)
  return (
    <>
      <PlainField label={t('bulk.what')}>{(id) => <select id={id} name="action" className="input" defaultValue={action} onChange={again}>{may.map((name) => <option key={name} value={name}>{t(`bulk.${name}`)}</option>)}</select>}</PlainField>
      {action === 'assign' && <SelectRow label={leads('form.owner')} name="to" empty="" defaultValue={given('to')} choices={choices.owners.map(({ id, name }) => ({ value: id, label: name }))} />}
      {action === 'snooze' && <PlainField label={t('bulk.until')}>{(id) => <input id={id} type="datetime-local" name="until" className="input" defaultValue={given('until')} />}</PlainField>}
      {action === 'verdict' && <SelectRow label={leads('filter.verdict')} name="verdict" defaultValue={given('verdict') ?? 'junk'} choices={verdicts.map((value) => ({ value, label: leads(`verdict.${value}`) }))} />}
      {action === 'verdict' && <SelectRow label={leads('form.reason')} name="reason" empty="" defaultValue={given('reason')} choices={junkReasons.map((value) => ({ value, label: leads(`junk.${value}`) }))} />}
      {action === 'note' && <PlainField label={leads('act.note')}>{(id) => <textarea id={id} name="note" className="input" rows={3} maxLength={1500} defaultValue={given('note')} />}</PlainField>}
      {action === 'field' && <PlainField label={t('bulk.field')}>{(id) => <select id={id} name="fieldId" className="input" defaultValue={given('fieldId') ?? ''} onChange={again}><option value="" />{choices.fields.map((each) => <option key={each.id} value={each.id}>{label(each)}</option>)}</select>}</PlainField>}
      {action === 'field' && field !== undefined && (
        <PlainField label={t('value')}>
          {(id) => field.kind === 'choice' || field.kind === 'multi_choice' || field.kind === 'boolean'
            ? <select id={id} name="value" className="input" multiple={field.kind === 'multi_choice'} defaultValue={field.kind === 'multi_choice' ? search.getAll('value') : given('value')}><option value="">—</option>{(field.kind === 'boolean' ? [{ key: 'yes', en: 'Yes', zh: '是' }, { key: 'no', en: 'No', zh: '否' }] : field.choices).map(({ key, en, zh }) => <option key={key} value={key}>{locale === 'zh-CN' && zh !== '' ? zh : en}</option>)}</select>
            : <input id={id} name="value" type={field.kind === 'date' ? 'date' : 'text'} className="input" defaultValue={given('value')} />}
        </PlainField>
      )}
    </>
  )
}
