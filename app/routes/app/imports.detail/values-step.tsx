import { useTranslation } from 'react-i18next'
import type { ImportDetail } from '~/domain/capture'
import type { Plan } from './mapping-form'

const encodings = ['utf-8', 'gb18030', 'big5', 'utf-16le', 'utf-16be'] as const

/** What the values of a file leave open; what is clear from the file is not asked. */
export function ValuesStep({ detail, plan }: { detail: ImportDetail; plan: Plan }) {
  const { t } = useTranslation('imports')
  const said = plan.mapping?.options ?? {}
  const open = plan.questions
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-4">
        {open?.dayOrder === true && <Choice name="dayOrder" label={t('values.dayOrder')} value={said.dayOrder} options={[['d/M', t('values.dayFirst')], ['M/d', t('values.monthFirst')]]} first={t('values.refuse')} />}
        {(open?.decimal === true || open?.hasAmounts === true) && (
          <Choice name="decimal" label={t('values.decimal')} value={said.decimal} options={[['.', '1,234.50'], [',', '1.234,50']]} first={t('values.usual')} />
        )}
        {open?.hasAmounts === true && <Text name="currency" label={t('values.currency')} value={plan.mapping?.currency} placeholder="CNY" />}
        {open?.hasPhones === true && <Text name="country" label={t('values.country')} value={said.country} placeholder="CN" />}
        <Choice name="encoding" label={t('values.encoding')} value={said.encoding} options={encodings.map((name) => [name, name.toUpperCase()])} first={t('values.found', { encoding: plan.dialect?.encoding.toUpperCase() ?? '' })} />
      </div>
      {detail.unknownOwners.length > 0 && <Owners detail={detail} owners={said.owners ?? {}} />}
      {(open?.channels.length ?? 0) > 0 && <Channels names={open?.channels ?? []} said={said.channels ?? {}} />}
    </div>
  )
}

type ChoiceProps = { name: string; label: string; value: string | undefined; options: readonly (readonly [string, string])[]; first: string }

export function Choice({ name, label, value, options, first }: ChoiceProps) {
  return (
    <label className="field w-52">
      <span className="field-label">{label}</span>
      <select className="input" name={name} defaultValue={value ?? ''}>
        <option value="">{first}</option>
        {options.map(([key, shown]) => <option key={key} value={key}>{shown}</option>)}
      </select>
    </label>
  )
}

function Text({ name, label, value, placeholder }: { name: string; label: string; value: string | undefined; placeholder: string }) {
  return (
    <label className="field w-52">
      <span className="field-label">{label}</span>
      <input className="input" name={name} defaultValue={value ?? ''} placeholder={placeholder} maxLength={3} />
    </label>
  )
}

function Owners({ detail, owners }: { detail: ImportDetail; owners: Readonly<Record<string, string | null>> }) {
  const { t } = useTranslation('imports')
  const chosen = (name: string) => (owners[name] === null ? 'nobody' : (owners[name] ?? ''))
  return (
    <fieldset>
      <legend className="field-label mb-1">{t('values.owners')}</legend>
      <div className="flex flex-wrap gap-4">
        {detail.unknownOwners.map((name) => (
          <label key={name} className="field w-52">
            <span className="text-12">{name}</span>
            <input type="hidden" name="owner" value={name} />
            <select className="input" name="ownerIs" defaultValue={chosen(name)}>
              <option value="">{t('values.ownerAsk')}</option>
              <option value="nobody">{t('values.ownerNobody')}</option>
              {detail.members.map(({ id, name: member }) => <option key={id} value={id}>{member}</option>)}
            </select>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function Channels({ names, said }: { names: readonly string[]; said: Readonly<Record<string, string>> }) {
  const { t } = useTranslation('imports')
  return (
    <fieldset>
      <legend className="field-label mb-1">{t('values.channels')}</legend>
      <div className="flex flex-wrap gap-4">
        {names.slice(0, 20).map((name) => (
          <label key={name} className="field w-52">
            <span className="text-12">{name}</span>
            <input type="hidden" name="channel" value={name} />
            <input className="input" name="channelIs" defaultValue={said[name] ?? name} maxLength={120} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
