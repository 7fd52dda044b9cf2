import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { RobotTopic } from '~/domain/notifications/vocabulary'
import { Chip } from '~/ui/primitives/chip'
import { useFormat } from '~/ui/use-format'
import { RobotForm } from './robot-form'
import type { RobotsData } from './route'

type Robot = RobotsData['robots'][number]
type Topic = Exclude<RobotTopic, 'test'>

/** One robot: how it does, what its platform last said, and what can be done with it. */
export function RobotRow({ robot, data }: { robot: Robot; data: RobotsData }) {
  const { t } = useTranslation('notices')
  const { id, name, kind, state, teamName, topics } = robot
  return (
    <li className="border-b border-line py-3" data-robot={name}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <b className="text-14">{name}</b>
        <span className="text-13 text-muted">{t(`robotKind.${kind}`)} · {teamName ?? t('robots.everybody')}</span>
        <State robot={robot} />
        {data.mayChange && (
          <span className="ml-auto flex flex-wrap gap-2">
            <Form method="post" action={`/settings/robots/${id}/test`}><button type="submit" className="btn btn-s">{t('robots.test')}<span className="sr">: {name}</span></button></Form>
            <Form method="post" action={`/settings/robots/${id}/state`}><button type="submit" name="on" value={state === 'on' ? 'false' : 'true'} className="btn btn-s">{t(state === 'on' ? 'robots.switchOff' : 'robots.switchOn')}<span className="sr">: {name}</span></button></Form>
          </span>
        )}
      </div>
      <p className="mt-1 text-13 text-text-2">{topics.map((topic) => t(`topic.${topic as Topic}`)).join(' · ')}</p>
      <How robot={robot} />
      {data.mayChange && (
        <details className="mt-1">
          <summary className="inline-flex min-h-8 cursor-pointer items-center text-13 text-muted">{t('robots.edit')}<span className="sr">: {name}</span></summary>
          <Form method="post" action={`/settings/robots/${id}/settings`} className="flex flex-col gap-4 pt-3"><RobotForm robot={robot} data={data} /></Form>
          <Form method="post" action={`/settings/robots/${id}/removal`} className="pt-3"><button type="submit" className="btn btn-danger">{t('robots.remove')}<span className="sr">: {name}</span></button></Form>
        </details>
      )}
    </li>
  )
}

function State({ robot: { state, problem } }: { robot: Robot }) {
  const { t } = useTranslation('notices')
  if (state === 'disabled') return <Chip tone="breach">{t('robotState.disabled')}</Chip>
  if (state === 'off') return <Chip>{t('robotState.off')}</Chip>
  return problem === null ? <Chip tone="won">{t('robotState.on')}</Chip> : <Chip tone="warn">{t('robotState.failing')}</Chip>
}

function How({ robot: { kind, hint, problem, problemAt, lastSentAt, waiting } }: { robot: Robot }) {
  const { t } = useTranslation('notices')
  const format = useFormat()
  const own = problem === 'timeout' || problem === 'unreachable' || problem === 'too-large' || problem === 'refused-address' ? t(`robots.problem.${problem}`) : null
  return (
    <>
      {problem !== null && <p className="mt-1 text-13 text-breach">{own ?? t('robots.answered', { who: t(`robotKind.${kind}`), what: problem })}{problemAt !== null && <span className="text-muted"> · {format.date(problemAt, 'moment')}</span>}</p>}
      <p className="mt-1 text-12 text-muted tn">{[hint, lastSentAt === null ? t('robots.neverSent') : t('robots.lastSent', { at: format.date(lastSentAt, 'moment') }), ...(waiting > 0 ? [t('robots.waiting', { count: waiting })] : [])].join(' · ')}</p>
    </>
  )
}
