import { useTranslation } from 'react-i18next'
import { stages, verdicts } from '~/domain/leads/vocabulary'
import type { Answer } from './types'

const KNOWN = [
  'not-found', 'not-allowed', 'invalid', 'stale', 'two-way-contact-missing', 'checklist-incomplete', 'grade-missing', 'amount-missing', 'month-missing',
  'day-missing', 'reason-missing', 'undo-too-late', 'lead-closed', 'lead-junk', 'lead-duplicate', 'other-lead-open', 'member-inactive', 'reveal-cap', 'export-cap', 'too-many', 'taken', 'at-cap', 'does-not-want-mail', 'mail-gone', 'mail-not-set-up',
] as const

/** The sentence of what an action of a lead refused, or null where it did what it was asked. */
export function useRefusal(): (answer: Answer | undefined) => string | null {
  const { t } = useTranslation('leads')
  const word = (value: string | number | undefined) => {
    const stage = stages.find((known) => known === value)
    if (stage !== undefined) return t(`stage.${stage}`)
    const verdict = verdicts.find((known) => known === value)
    return verdict === undefined ? String(value ?? '') : t(`verdict.${verdict}`)
  }
  return (answer) => {
    if (answer === undefined || answer.done !== undefined) return null
    if (answer.refusal === undefined) return t(answer.reply === undefined ? 'refusal.failed' : 'refusal.invalid')
    const { code, params } = answer.refusal
    const known = KNOWN.find((each) => each === code)
    if (known === undefined) return t('refusal.failed')
    return t(`refusal.${known}`, { theirs: word(params['theirs']), yours: word(params['yours']), by: String(params['by'] ?? ''), cap: String(params['cap'] ?? ''), zone: String(params['zone'] ?? '') })
  }
}
