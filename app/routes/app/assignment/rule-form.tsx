import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { channelKinds } from '~/domain/channels/vocabulary'
import { targetKinds } from '~/domain/assignment/vocabulary'
import { useOwnershipWords } from '~/ui/ownership/words'
import type { AssignmentData } from './route'
import type { Rule } from './rule-words'

const TEXTS = ['countries', 'regions', 'cities', 'languages', 'industries', 'accounts'] as const

/** One rule: what a lead must be, who gets it, and whom it passes over. Plain fields: it works without a script. */
export function RuleForm({ rule, data }: { rule: Rule | null; data: AssignmentData }) {
  const { t } = useTranslation('assignment')
  const when = rule?.when ?? {}
  return (
    <Form method="post" action="/assignment/rules" className="flex flex-col gap-4 py-4 pl-5">
      {rule !== null && <input type="hidden" name="key" value={rule.key} />}
      <Label text={t('rule.name')}><input name="name" required maxLength={80} defaultValue={rule?.name ?? ''} className="input" /></Label>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-1 text-13 font-semibold">{t('rule.when')}</legend>
        <div className="flex flex-wrap gap-x-4">{channelKinds.map((kind) => <Tick key={kind} name="channelKinds" value={kind} on={when.channelKinds?.includes(kind) === true}>{t(`kind.${kind}`)}</Tick>)}</div>
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          <Many label={t('when.channels')} name="channels" from={data.choices.channels} chosen={when.channels} />
          <Many label={t('when.sources')} name="sources" from={data.choices.sources} chosen={when.sources} />
          <Many label={t('when.campaigns')} name="campaigns" from={data.choices.campaigns} chosen={when.campaigns} />
          <Many label={t('when.productLines')} name="productLines" from={data.choices.lines} chosen={when.productLines} />
          {TEXTS.map((name) => <Label key={name} text={t(`when.${name}`)} hint={t(`hint.${name}`)}><input name={name} defaultValue={when[name]?.join(', ') ?? ''} className="input" /></Label>)}
          <Label text={t('when.sizeFrom')}><input name="employeesFrom" type="number" min={0} defaultValue={when.employeesFrom ?? ''} className="input tn" /></Label>
          <Label text={t('when.sizeTo')}><input name="employeesTo" type="number" min={0} defaultValue={when.employeesTo ?? ''} className="input tn" /></Label>
          <Label text={t('when.whose')}>
            <select name="ofCustomer" defaultValue={when.ofCustomer === undefined ? '' : String(when.ofCustomer)} className="input"><option value="">{t('when.any')}</option><option value="true">{t('when.customer')}</option><option value="false">{t('when.newcomer')}</option></select>
          </Label>
        </div>
      </fieldset>
      <TargetFields rule={rule} data={data} />
      <div><button type="submit" className="btn">{t('rule.save')}</button></div>
    </Form>
  )
}

function TargetFields({ rule, data: { staff, teams, pools } }: { rule: Rule | null; data: AssignmentData }) {
  const { t } = useTranslation('assignment')
  const words = useOwnershipWords()
  const to = rule?.to ?? { kind: 'members' as const, members: [] }
  const weightOf = (id: string) => (to.kind === 'members' ? to.members.find(({ memberId }) => memberId === id)?.weight : to.kind === 'member' && to.memberId === id ? 1 : to.kind === 'team' ? to.weights[id as never] : undefined)
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 text-13 font-semibold">{t('rule.to')}</legend>
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        <Label text={t('rule.kind')}><select name="kind" defaultValue={to.kind === 'member' ? 'members' : to.kind} className="input">{targetKinds.filter((kind) => kind !== 'member').map((kind) => <option key={kind} value={kind}>{t(`target.${kind}`)}</option>)}</select></Label>
        <Label text={t('target.team')}><select name="teamId" defaultValue={to.kind === 'team' ? to.teamId : ''} className="input"><option value="">—</option>{teams.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select></Label>
        <Label text={t('target.pool')}><select name="poolId" defaultValue={to.kind === 'pool' ? to.poolId : ''} className="input"><option value="">—</option>{pools.map((pool) => <option key={pool.id} value={pool.id}>{words.pool(pool)}</option>)}</select></Label>
      </div>
      <p className="text-12 text-muted">{t('rule.weights')}</p>
      <div className="grid grid-cols-1 gap-x-6 sm:grid-cols-2">
        {staff.map(({ memberId, name }) => (
          <label key={memberId} className="flex min-h-9 items-center gap-3 border-b border-line text-13"><span className="grow">{name}</span><input name={`weight.${memberId}`} type="number" min={0} max={100} defaultValue={weightOf(memberId) ?? ''} placeholder="—" className="input tn w-20" /></label>
        ))}
      </div>
      <div className="flex flex-wrap gap-x-5">
        <Tick name="isOn" on={rule?.isOn !== false}>{t('rule.on')}</Tick><Tick name="keepsHours" on={rule?.keepsHours === true}>{t('rule.hours')}</Tick><Tick name="matchesLanguage" on={rule?.matchesLanguage === true}>{t('rule.language')}</Tick>
      </div>
      <Label text={t('rule.skills')} hint={t('hint.skills')}><input name="skills" defaultValue={rule?.skills.join(', ') ?? ''} className="input" /></Label>
    </fieldset>
  )
}

const Label = ({ text, hint, children }: { text: string; hint?: string; children: ReactNode }) => <label className="field"><span className="field-label">{text}</span>{children}{hint !== undefined && <span className="field-hint">{hint}</span>}</label>

function Tick({ name, value = 'on', on, children }: { name: string; value?: string; on: boolean; children: ReactNode }) {
  return <label className="check"><input type="checkbox" name={name} value={value} defaultChecked={on} className="native-check" /><span>{children}</span></label>
}

function Many({ label, name, from, chosen }: { label: string; name: string; from: readonly { id: string; name: string }[]; chosen: readonly string[] | undefined }) {
  return <Label text={label}><select name={name} multiple size={4} defaultValue={[...(chosen ?? [])]} className="input h-auto">{from.map(({ id, name: shown }) => <option key={id} value={id}>{shown}</option>)}</select></Label>
}
