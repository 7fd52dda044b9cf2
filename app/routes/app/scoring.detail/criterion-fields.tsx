import { clsx } from 'clsx'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { channelKinds } from '~/domain/channels/vocabulary'
import { personRoles, touchKinds } from '~/domain/leads/vocabulary'
import type { Criterion, CriterionKind } from '~/domain/scoring/contract'
import { fieldTests, reachWays, unknowables } from '~/domain/scoring/vocabulary'
import type { ScoringNames } from '~/ui/scoring/types'
import { useFaultWords } from '~/ui/scoring/use-fault-words'
import type { LineWords } from './line-row'

type Option = { id: string; name: string }
type Wrong = Readonly<Record<string, string | undefined>>
type Props = { kind: CriterionKind; criterion: Criterion | null; names: ScoringNames; words: LineWords; wrong: Wrong }

/** Only the fields that a criterion needs. */
export function CriterionFields({ kind, criterion, names, words, wrong }: Props) {
  const { t } = useTranslation(['scoring', 'channels', 'leads'])
  const was = criterion as Partial<Record<string, unknown>> | null
  const values = Array.isArray(was?.['values']) ? (was['values'] as unknown[]).map(String) : []
  const text = (name: string) => { const value = was?.[name]; return typeof value === 'string' || typeof value === 'number' ? String(value) : '' }
  const ticks = (options: readonly Option[]) => <Ticks options={options} chosen={values} wrong={wrong['values']} />
  const pick = (name: string, label: string, options: readonly Option[]) => <Label label={label}><select name={name} defaultValue={text(name)} className="input">{options.map(({ id, name: shown }) => <option key={id} value={id}>{shown}</option>)}</select></Label>
  const count = (name: string, label: string, isNeeded: boolean) => <Label label={label} wrong={wrong[name]} name={name}><input type="number" name={name} min={0} step={1} required={isNeeded} defaultValue={text(name)} className="input tn" aria-invalid={wrong[name] === undefined ? undefined : true} /></Label>
  const typed = (name: string, label: string, hint?: string, list?: readonly string[]) => (
    <Label label={label} hint={hint} wrong={wrong[name]} name={name} wide><input name={name} defaultValue={text(name)} maxLength={200} list={list === undefined ? undefined : `list-${name}`} className="input" aria-invalid={wrong[name] === undefined ? undefined : true} />
      {list !== undefined && <datalist id={`list-${name}`}>{list.map((each) => <option key={each} value={each} />)}</datalist>}</Label>
  )
  const open = (known: readonly Option[], hint: string) => <OpenList known={known} chosen={values} hint={hint} wrong={wrong['values']} />
  switch (kind) {
    case 'employees': return <div className="sc-fields">{count('from', t('scoring:field.from'), false)}{count('to', t('scoring:field.to'), false)}</div>
    case 'industry': return open(names.industries.map((each) => ({ id: each, name: each })), t('scoring:field.commas'))
    case 'country': return open(names.countries.map((code) => ({ id: code, name: words.country(code) })), t('scoring:field.codes'))
    case 'landing-page': return open([], t('scoring:field.pages'))
    case 'role': return ticks(personRoles.map((id) => ({ id, name: t(`leads:role.${id}`) })))
    case 'channel-kind': return ticks(channelKinds.map((id) => ({ id, name: t(`channels:kinds.${id}`) })))
    case 'channel': return ticks(names.channels)
    case 'campaign': return ticks(names.campaigns)
    case 'source': return ticks(names.sources)
    case 'product-line': return ticks(names.productLines)
    case 'weekday': return ticks([1, 2, 3, 4, 5, 6, 0].map((day) => ({ id: String(day), name: words.weekday(day) })))
    case 'reachable': return <div className="sc-fields">{pick('by', t('scoring:field.by'), reachWays.map((id) => ({ id, name: t(`scoring:way.${id}`) })))}</div>
    case 'unknown': return <div className="sc-fields">{pick('of', t('scoring:field.of'), unknowables.map((id) => ({ id, name: t(`scoring:unknowable.${id}`) })))}</div>
    case 'recency': return <div className="sc-fields">{count('days', t('scoring:field.days'), true)}</div>
    case 'silence': return <div className="sc-fields">{count('attempts', t('scoring:field.attempts'), true)}</div>
    case 'webinar': return <div className="sc-fields">{count('minutes', t('scoring:field.minutes'), true)}</div>
    case 'touch': return <div className="sc-fields">{pick('touch', t('scoring:field.touch'), touchKinds.map((id) => ({ id, name: t(`scoring:did.${id}`) })))}{typed('page', t('scoring:field.page'), t('scoring:field.pageHint'))}</div>
    case 'answer': return <div className="sc-fields">{typed('question', t('scoring:field.question'), undefined, names.questions)}{typed('contains', t('scoring:field.contains'), t('scoring:field.containsHint'))}</div>
    case 'field': return <OwnField criterion={criterion?.kind === 'field' ? criterion : null} names={names} words={words} wrong={wrong} />
    case 'free-mail': case 'customer': case 'unsubscribed': case 'reply': case 'asked-again': return null
  }
}

/** A field of the organisation's own: what is asked of it depends on its kind; without a script all fields stand there. */
function OwnField({ criterion, names, words, wrong }: Omit<Props, 'kind' | 'criterion'> & { criterion: Extract<Criterion, { kind: 'field' }> | null }) {
  const { t } = useTranslation('scoring')
  const offered = names.fields.filter(({ isArchived, id }) => !isArchived || id === criterion?.fieldId)
  const [fieldId, setField] = useState(criterion?.fieldId ?? offered[0]?.id ?? '')
  const [test, setTest] = useState<string>(criterion?.test ?? 'known')
  const field = offered.find(({ id }) => id === fieldId)
  const tests = fieldTests.filter((each) => (each === 'at-least' || each === 'at-most' ? field === undefined || field.kind === 'number' || field.kind === 'money' : true))
  if (offered.length === 0) return <p className="text-13 text-muted">{t('field.noOwn')}</p>
  return (
    <>
      <div className="sc-fields">
        <Label label={t('field.own')} wrong={wrong['fieldId']}><select name="fieldId" value={fieldId} onChange={({ currentTarget }) => setField(currentTarget.value as never)} className="input">{offered.map(({ id }) => <option key={id} value={id}>{words.fieldName(id)}</option>)}</select></Label>
        <Label label={t('field.test')}><select name="test" value={test} onChange={({ currentTarget }) => setTest(currentTarget.value)} className="input">{tests.map((each) => <option key={each} value={each}>{t(`test.${each}`)}</option>)}</select></Label>
        {(test === 'at-least' || test === 'at-most') && <Label label={t('field.number')} wrong={wrong['number']} name="number"><input type="number" name="number" step={1} required defaultValue={criterion?.number ?? ''} className="input tn" /></Label>}
      </div>
      <noscript><div className="sc-fields"><Label label={t('field.number')}><input type="number" name="number" className="input tn" /></Label><Label label={t('field.anyOf')} hint={t('field.commas')}><input name="others" className="input" /></Label></div></noscript>
      {test === 'one-of' && (field !== undefined && field.choices.length > 0
        ? <Ticks options={field.choices.map(({ key }) => ({ id: key, name: words.choiceName(field.id, key) }))} chosen={criterion?.values ?? []} wrong={wrong['values']} />
        : <OpenList known={[]} chosen={criterion?.values ?? []} hint={t('field.commas')} wrong={wrong['values']} />)}
    </>
  )
}

function Ticks({ options, chosen, wrong }: { options: readonly Option[]; chosen: readonly string[]; wrong: string | undefined }) {
  const { t } = useTranslation('scoring')
  const says = useFaultWords()
  const gone = chosen.filter((id) => !options.some((option) => option.id === id)).map((id) => ({ id, name: t('say.gone') }))
  if (options.length + gone.length === 0) return <p className="text-13 text-muted">{t('field.noneYet')}</p>
  return (
    <fieldset>
      <legend className="field-label mb-1">{t('field.anyOf')}</legend>
      <div className="sc-ticks">{[...options, ...gone].map(({ id, name }) => <label key={id} className="check"><input type="checkbox" name="values" value={id} defaultChecked={chosen.includes(id)} className="native-check" /><span>{name}</span></label>)}</div>
      {wrong !== undefined && <p className="field-error"><CircleAlert className="i-s" aria-hidden="true" />{says(wrong)}</p>}
    </fieldset>
  )
}

/** What is known to choose from, and a place for what is not. */
function OpenList({ known, chosen, hint, wrong }: { known: readonly Option[]; chosen: readonly string[]; hint: string; wrong: string | undefined }) {
  const { t } = useTranslation('scoring')
  const others = chosen.filter((value) => !known.some(({ id }) => id === value))
  return (
    <>
      {known.length > 0 && <Ticks options={known} chosen={chosen.filter((value) => !others.includes(value))} wrong={undefined} />}
      <Label label={t(known.length > 0 ? 'field.others' : 'field.anyOf')} hint={hint} wrong={wrong} wide><input name="others" defaultValue={others.join(', ')} className="input" /></Label>
    </>
  )
}

export function Label({ label, hint, wrong, wide, children }: { label: string; hint?: string; wrong?: string; name?: string; wide?: boolean; children: ReactNode }) {
  const says = useFaultWords()
  return (
    <label className={clsx('field', wide === true && 'sc-wide')}>
      <span className="field-label">{label}</span>
      {children}
      {hint !== undefined && <span className="field-hint">{hint}</span>}
      {wrong !== undefined && <span className="field-error"><CircleAlert className="i-s" aria-hidden="true" />{says(wrong)}</span>}
    </label>
  )
}
