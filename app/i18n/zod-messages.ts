import type { i18n as I18n } from 'i18next'
import type { $ZodErrorMap } from 'zod/v4/core'

const BY_FORMAT = { email: 'email', url: 'url', date: 'date', e164: 'phone' } as const

/**
 * Our own words for a form's mistakes, for one request:
 * `parseWithZod(form, { schema, error: zodMessages(i18n) })`. zod's global map is shared by the process: never set it.
 */
export function zodMessages(i18n: I18n): $ZodErrorMap {
  const t = i18n.getFixedT(i18n.language, 'errors', 'field')
  return (issue) => {
    if (issue.input === undefined || issue.input === '') return t('required')
    switch (issue.code) {
      case 'invalid_type':
        return issue.expected === 'number' || issue.expected === 'bigint' ? t('number') : issue.expected === 'int' ? t('integer') : issue.expected === 'date' ? t('date') : t('invalid')
      case 'invalid_format':
        return t(BY_FORMAT[issue.format as keyof typeof BY_FORMAT] ?? 'invalid')
      case 'too_small':
        return issue.origin === 'string' ? t('tooShort', { min: issue.minimum }) : t('min', { min: issue.minimum })
      case 'too_big':
        return issue.origin === 'string' ? t('tooLong', { max: issue.maximum }) : t('max', { max: issue.maximum })
      case 'invalid_value':
        return t('choice')
      default:
        return undefined
    }
  }
}
