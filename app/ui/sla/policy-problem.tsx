import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslation } from 'react-i18next'
import { MINUTES_MOST } from './minutes-most'

type Answer = { reply?: { error?: Record<string, string[] | null> | null | undefined } | undefined; refusal?: { code: string } | undefined } | undefined
const labels = { name: 'name', firstMinutes: 'first', nextMinutes: 'next', nextAfter: 'nextAfter', counting: 'counting', calendar: 'calendar', atBreach: 'atBreach', ofCustomer: 'customer', amountFrom: 'amount', currency: 'currency' } as const
const codes = ['required', 'too-long', 'not-a-number', 'too-small', 'too-large', 'choice', 'not-a-currency'] as const

/** The fields of a promise that an answer refused. */
export const wrongFields = (answer: Answer): string[] => Object.keys(answer?.reply?.error ?? {}).filter((name) => name !== '')

/** Why a promise was not kept, field by field, in sentences. */
export function PolicyProblem({ answer }: { answer: Answer }) {
  const { t } = useTranslation('sla')
  const said = Object.entries(answer?.reply?.error ?? {}).flatMap(([field, problems]) => {
    const label = Object.hasOwn(labels, field) ? t(`policies.${labels[field as keyof typeof labels]}`) : null
    const code = codes.find((known) => known === problems?.[0])
    return label === null ? [] : [t('policies.problem', { label, problem: t(`policies.problems.${code ?? 'invalid'}`, { most: String(MINUTES_MOST) }) })]
  })
  const refused = answer?.refusal === undefined || said.length > 0 ? [] : [t(answer.refusal.code === 'stale' ? 'policies.stale' : 'policies.refused')]
  const sentences = [...said, ...refused]
  if (sentences.length === 0) return null
  return <div role="alert" className="form-alert mb-4"><CircleAlert className="i" aria-hidden="true" /><ul>{sentences.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul></div>
}
