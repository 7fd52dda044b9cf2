import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Chip } from '~/ui/primitives/chip'
import type { AssignmentData } from './route'
import { RuleForm } from './rule-form'
import { useRuleWords, type Rule } from './rule-words'

/** A rule as a sentence; what may be changed of it unfolds below, without a script too. */
export function RuleRow({ rule, at, last, data }: { rule: Rule; at: number; last: boolean; data: AssignmentData }) {
  const { t } = useTranslation('assignment')
  const words = useRuleWords(data)
  const path = `/assignment/rules/${rule.key}`
  const summary = (
    <span className="flex w-full flex-wrap items-baseline gap-x-3 gap-y-1 py-3 text-13">
      <span className="text-muted tn">{at + 1}</span>
      <b className="font-medium">{rule.name}</b>
      {!rule.isOn && <Chip>{t('rule.off')}</Chip>}
      <span className="basis-full pl-5 text-text-2">{words.when(rule)} → {words.to(rule)}</span>
    </span>
  )
  if (!data.mayChange) return <li className="border-b border-line">{summary}</li>
  return (
    <li className="border-b border-line">
      <details>
        <summary className="flex cursor-pointer items-center gap-3 hover:bg-hover">{summary}<span className="btn btn-s btn-quiet shrink-0">{t('rule.edit')}</span></summary>
        <div className="flex flex-wrap gap-2 py-2 pl-5">
          {at > 0 && <Move path={path} by={-1} label={t('rule.up')} />}
          {!last && <Move path={path} by={1} label={t('rule.down')} />}
          <Form method="post" action={`${path}/removal`}><button type="submit" className="btn btn-s btn-danger">{t('rule.remove')}</button></Form>
        </div>
        <RuleForm rule={rule} data={data} />
      </details>
    </li>
  )
}

function Move({ path, by, label }: { path: string; by: 1 | -1; label: string }) {
  return <Form method="post" action={`${path}/position`}><input type="hidden" name="by" value={by} /><button type="submit" className="btn btn-s">{label}</button></Form>
}
