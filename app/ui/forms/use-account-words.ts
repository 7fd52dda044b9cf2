import { useTranslation } from 'react-i18next'
import type { Say } from './use-said'

/** Says the codes of account and organisation forms. `min` is the password length that holds for the account. */
export function useAccountWords({ min = 15, instead = {} }: { min?: number; instead?: Record<string, string> } = {}): Say {
  const { t, i18n } = useTranslation(['auth', 'orgs'])
  return (given, field, params) => {
    const code = instead[given] ?? given
    const keys = field === null ? [`auth:refusal.${code}`, `orgs:refusal.${code}`] : [`auth:password.problem.${code}`, `auth:field.${code}`, `orgs:field.${code}`]
    const key = keys.find((candidate) => i18n.exists(candidate)) ?? (field === null ? 'auth:refusal.invalid' : 'auth:field.required')
    const say = t as unknown as (key: string, values: object) => string
    return say(key, { min, ...params })
  }
}
