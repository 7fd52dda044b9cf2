import { useTranslation } from 'react-i18next'

const KNOWN = ['not-found', 'not-allowed', 'conflict', 'member-inactive'] as const
type Answered = { done?: unknown; refusal?: { code: string; fields?: Record<string, string[]> }; reply?: unknown } | undefined

/** The sentence of what a door of tasks refused, or null where it did what it was asked. */
export function useTaskRefusal(): (answer: Answered) => string | null {
  const { t } = useTranslation('tasks')
  return (answer) => {
    if (answer === undefined || answer.done !== undefined) return null
    const code = KNOWN.find((each) => each === answer.refusal?.code)
    if (code !== undefined) return t(`refused.${code}`)
    const field = (['title', 'due'] as const).find((name) => answer.refusal?.fields?.[name] !== undefined)
    return t(`refused.${field ?? 'failed'}`)
  }
}
