import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { chosenTopics, robotHosts, robotKinds, signs, type RobotKind, type RobotTopic } from '~/domain/notifications/vocabulary'
import { LOCALE_NAMES, LOCALES } from '~/lib/locales'
import type { RobotsData } from './route'

type Topic = Exclude<RobotTopic, 'test'>

/** Name, where it lives, what it is told. Of one that is there the address stays unless another is typed. */
export function RobotForm({ robot, data: { teams, locale } }: { robot: RobotsData['robots'][number] | null; data: RobotsData }) {
  const { t } = useTranslation('notices')
  const [kind, setKind] = useState<RobotKind>(robot?.kind ?? 'wecom')
  const isNew = robot === null
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        {isNew && (
          <label className="field"><span className="field-label">{t('robots.kind')}</span>
            <select name="kind" value={kind} onChange={(event) => setKind(event.target.value as RobotKind)} className="input">{robotKinds.map((each) => <option key={each} value={each}>{t(`robotKind.${each}`)}</option>)}</select>
          </label>
        )}
        <label className="field"><span className="field-label">{t('robots.name')}</span><input name="name" required maxLength={60} defaultValue={robot?.name ?? ''} autoComplete="off" className="input" /></label>
      </div>
      <label className="field"><span className="field-label">{t('robots.address')}</span>
        <input name="address" type="url" required={isNew} maxLength={500} autoComplete="off" spellCheck={false} placeholder={isNew ? `https://${robotHosts[kind][0] ?? ''}/…` : robot.hint} className="input" />
        <span className="field-hint">{isNew ? t('robots.addressHint', { host: robotHosts[kind].join(', ') }) : t('robots.addressStays', { hint: robot.hint })}</span>
      </label>
      {(isNew || signs[robot.kind]) && (
        <label className="field"><span className="field-label">{t('robots.secret')}</span>
          <input name="secret" type="password" maxLength={200} autoComplete="new-password" className="input" />
          <span className="field-hint">{isNew ? t('robots.secretHint') : robot.hasSecret ? t('robots.secretStays') : t('robots.secretNone')}</span>
        </label>
      )}
      <fieldset className="field">
        <legend className="field-label mb-1">{t('robots.topics')}</legend>
        <div className="grid gap-x-6 sm:grid-cols-2">
          {chosenTopics.map((topic) => (
            <label key={topic} className="check"><input type="checkbox" name="topics" value={topic} defaultChecked={isNew ? topic === 'sla_breached' || topic === 'daily_report' : robot.topics.includes(topic)} className="native-check" /><span>{t(`topic.${topic as Topic}`)}</span></label>
          ))}
        </div>
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        <label className="field"><span className="field-label">{t('robots.team')}</span>
          <select name="teamId" defaultValue={robot?.teamId ?? ''} className="input"><option value="">{t('robots.everybody')}</option>{teams.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select>
          <span className="field-hint">{t('robots.teamHint')}</span>
        </label>
        <label className="field"><span className="field-label">{t('robots.language')}</span>
          <select name="locale" defaultValue={robot?.locale ?? locale} className="input">{LOCALES.map((each) => <option key={each} value={each} lang={each}>{LOCALE_NAMES[each]}</option>)}</select>
        </label>
      </div>
      <label className="check"><input type="checkbox" name="showsNames" defaultChecked={robot?.showsNames ?? false} className="native-check" /><span>{t('robots.showsNames')}<span className="opt-desc">{t('robots.showsNamesHint')}</span></span></label>
      <div><button type="submit" className={isNew ? 'btn btn-next' : 'btn'}>{t(isNew ? 'robots.save' : 'robots.change')}</button></div>
    </>
  )
}
