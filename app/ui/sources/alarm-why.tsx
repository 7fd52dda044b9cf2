import { useTranslation } from 'react-i18next'
import type { AlarmKind } from '~/domain/capture/vocabulary'
import { useFormat } from '../use-format'

const problems = ['not-permitted', 'gone', 'rate-limited', 'unreachable', 'unreadable', 'forgotten'] as const

type Facts = { expected?: number; weekly?: number; missing?: readonly string[]; bad?: number; of?: number; problem?: string | null; waiting?: number }

/** Why a platform did not hand something out, in words. */
export function useRemoteProblem(): (code: string) => string {
  const { t } = useTranslation('sources')
  return (code) => t(`health.remote.${problems.find((each) => each === code) ?? 'failed'}`)
}

/** What is not as usual with a source, and what was expected. */
export function AlarmWhy({ kind, facts }: { kind: AlarmKind; facts: Facts }) {
  const { t } = useTranslation('sources')
  const format = useFormat()
  const say = useRemoteProblem()
  const { expected = 0, weekly = 0, missing = [], bad = 0, of = 0, problem = null, waiting = 0 } = facts
  if (kind === 'silent') return <>{t('health.silentWhy', { expected: format.number(expected), weekly: format.number(weekly) })}</>
  if (kind === 'shape') return <>{t('health.shapeWhy', { fields: '' })}<code className="break-all text-12">{missing.join(t('log.listComma'))}</code></>
  if (kind === 'rejecting') return <>{t('health.rejectingWhy', { bad: format.number(bad), of: format.number(of) })}</>
  return <>{problem !== null && `${t('health.fetchingWhy', { problem: say(problem) })} `}{waiting > 0 && t('health.fetchingWaits', { count: waiting, n: format.number(waiting) })}</>
}
