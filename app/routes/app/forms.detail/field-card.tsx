import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import Plus from 'lucide-react/icons/plus'
import Trash from 'lucide-react/icons/trash-2'
import { useTranslation } from 'react-i18next'
import type { FormDefinition, FormField } from '~/domain/capture'
import { Button, IconButton } from '~/ui/primitives/button'
import { Chip } from '~/ui/primitives/chip'
import { SaidField } from './said-field'

/** One field: its place is changed with buttons, its words under its name. */
export function FieldCard({ field, at, draft }: { field: FormField; at: number; draft: FormDefinition }) {
  const { t, i18n } = useTranslation('forms')
  const { key, kind, label, help, isRequired, value } = field
  const base = `fields[${String(at)}]`
  const isOwn = key !== kind
  const name = label[i18n.language === 'zh-CN' ? 'zh-CN' : 'en'] || label.en || label['zh-CN'] || t(`kind.${kind}`)
  const hasOptions = kind === 'choice' || kind === 'choices' || kind === 'product'
  return (
    <li className="flex items-start gap-2 border-b border-line py-2">
      <input type="hidden" name={`${base}.key`} value={key} />
      <input type="hidden" name={`${base}.kind`} value={kind} />
      <details className="min-w-0 flex-1" open={isOwn && label.en === '' && label['zh-CN'] === ''}>
        <summary className="flex min-h-9 cursor-pointer flex-wrap items-center gap-2 text-14 font-medium">
          {name}
          {isOwn && <span className="text-12 font-normal text-muted">{t(`kind.${kind}`)}</span>}
          {isRequired && <Chip icon={null}>{t('fields.required')}</Chip>}
        </summary>
        <div className="flex flex-col gap-4 py-3">
          <SaidField name={`${base}.label`} label={t('fields.label')} said={label} locales={draft.locales} placeholder={isOwn ? undefined : { en: t(`kind.${kind}`, { lng: 'en' }), 'zh-CN': t(`kind.${kind}`, { lng: 'zh-CN' }) }} />
          {kind === 'hidden' ? (
            <label className="field">
              <span className="field-label">{t('fields.value')}</span>
              <input className="input" name={`${base}.value`} defaultValue={value} autoComplete="off" />
              <span className="field-hint">{t('fields.valueHint', { name: key })}</span>
            </label>
          ) : (
            <>
              <SaidField name={`${base}.help`} label={t('fields.help')} said={help} locales={draft.locales} />
              <label className="check"><input type="checkbox" className="native-check" name={`${base}.isRequired`} defaultChecked={isRequired} /><span>{t('fields.isRequired')}</span></label>
              <WhenField field={field} base={base} draft={draft} />
            </>
          )}
          {hasOptions && <Options field={field} base={base} at={at} draft={draft} />}
        </div>
      </details>
      <IconButton icon={ArrowUp} label={t('fields.up', { name })} size="s" type="submit" name="change" value={`up:${String(at)}`} isDisabled={at === 0} />
      <IconButton icon={ArrowDown} label={t('fields.down', { name })} size="s" type="submit" name="change" value={`down:${String(at)}`} isDisabled={at === draft.fields.length - 1} />
      <IconButton icon={Trash} label={t('fields.remove', { name })} size="s" type="submit" name="change" value={`remove:${String(at)}`} />
    </li>
  )
}

type PartProps = { field: FormField; base: string; draft: FormDefinition }

/** Shown always, or only while a field that is chosen from has one of its values. */
function WhenField({ field, base, draft }: PartProps) {
  const { t, i18n } = useTranslation('forms')
  const locale = i18n.language === 'zh-CN' ? 'zh-CN' : 'en'
  const words = (said: FormField['label'], fallback: string) => said[locale] || said.en || said['zh-CN'] || fallback
  const others = draft.fields.filter(({ key, options }) => key !== field.key && options.length > 0)
  return (
    <label className="field">
      <span className="field-label">{t('fields.when')}</span>
      <select className="input" name={`${base}.when`} defaultValue={field.when.field === '' ? '' : `${field.when.field}=${field.when.is}`}>
        <option value="">{t('fields.always')}</option>
        {others.flatMap((other) => other.options.map((option) => (
          <option key={`${other.key}=${option.value}`} value={`${other.key}=${option.value}`}>{t('fields.whenIs', { field: words(other.label, other.key === other.kind ? t(`kind.${other.kind}`) : other.key), value: words(option.label, option.value) })}</option>
        )))}
      </select>
    </label>
  )
}

function Options({ field, base, at, draft }: PartProps & { at: number }) {
  const { t } = useTranslation('forms')
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="field-label mb-2">{t('fields.options')}</legend>
      {field.options.map(({ value, label }, index) => (
        <div key={value} className="flex items-end gap-2">
          <input type="hidden" name={`${base}.options[${String(index)}].value`} value={value} />
          <div className="min-w-0 flex-1"><SaidField name={`${base}.options[${String(index)}].label`} label={t('fields.option', { n: index + 1 })} said={label} locales={draft.locales} /></div>
          <IconButton icon={Trash} label={t('fields.removeOption', { n: index + 1 })} size="s" type="submit" name="change" value={`remove-option:${String(at)}:${String(index)}`} />
        </div>
      ))}
      <div><Button size="s" icon={Plus} type="submit" name="change" value={`add-option:${String(at)}`}>{t('fields.addOption')}</Button></div>
    </fieldset>
  )
}
