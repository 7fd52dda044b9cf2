import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { poolRoles } from '~/domain/leads/vocabulary'
import type { PoolsData } from './route'

type Pool = PoolsData['pools'][number]
const RULES = ['protectionDays', 'maxProtectionDays', 'firstContactHours', 'idleDays', 'coolDownHours', 'dailyCap', 'heldCap'] as const

/** The rules of one pool. An empty field sets none. */
export function PoolForm({ pool, mayChange }: { pool: Pool; mayChange: boolean }) {
  const { t } = useTranslation('pool')
  return (
    <Form method="post" action={`/settings/pools/${pool.id}/rules`} className="flex flex-col gap-4">
      {!pool.isDefault && <label className="field"><span className="field-label">{t('settings.name')}</span><input name="name" defaultValue={pool.name ?? ''} maxLength={60} disabled={!mayChange} className="input" /></label>}
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        {RULES.map((rule) => (
          <label key={rule} className="field">
            <span className="field-label">{t(`rule.${rule}`)}</span>
            <input name={rule} type="number" min={1} defaultValue={pool[rule] ?? ''} placeholder={t('rule.none')} disabled={!mayChange} className="input tn" />
            <span className="field-hint">{t(`ruleHint.${rule}`)}</span>
          </label>
        ))}
      </div>
      <label className="check"><input type="checkbox" name="forEveryone" defaultChecked={pool.forEveryone} disabled={!mayChange} className="native-check" /><span>{t('settings.everyone')}</span></label>
      {mayChange && <div className="flex items-center gap-3"><button type="submit" className="btn">{t('settings.save')}</button><span className="text-12 text-muted">{t('settings.grace')}</span></div>}
    </Form>
  )
}

/** Who claims from a pool, where it is not everyone, and who gives its leads out. */
export function PoolPeople({ pool, data: { members, teams, mayChange } }: { pool: Pool; data: PoolsData }) {
  const { t } = useTranslation('pool')
  return (
    <div className="mt-5 flex flex-col gap-3">
      <h3 className="text-13 font-semibold">{t('settings.people')}</h3>
      {pool.people.length === 0 && <p className="text-13 text-muted">{pool.forEveryone ? t('settings.peopleEveryone') : t('settings.peopleNobody')}</p>}
      <ul>
        {pool.people.map(({ id, name, kind, role }) => (
          <li key={id + role} className="flex min-h-9 items-center gap-3 border-b border-line text-13">
            <span className="grow">{name}{kind === 'team' && <span className="text-muted"> · {t('settings.team')}</span>}</span>
            <span className="text-muted">{t(`role.${role}`)}</span>
            {mayChange && (
              <Form method="post" action={`/settings/pools/${pool.id}/removed-people`}>
                <input type="hidden" name="subject" value={id} /><input type="hidden" name="role" value={role} />
                <button type="submit" className="btn btn-s btn-quiet" aria-label={t('settings.removeOf', { name })}>{t('settings.remove')}</button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {mayChange && (
        <div className="flex flex-wrap items-end justify-between gap-3">
          <Form method="post" action={`/settings/pools/${pool.id}/people`} className="flex flex-wrap items-end gap-2">
            <label className="field"><span className="field-label">{t('settings.who')}</span>
              <select name="subject" className="input">
                {teams.map(({ id, name }) => <option key={id} value={id}>{`${t('settings.team')}: ${name}`}</option>)}
                {members.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
              </select>
            </label>
            <label className="field"><span className="field-label">{t('settings.as')}</span>
              <select name="role" className="input">{poolRoles.map((role) => <option key={role} value={role}>{t(`role.${role}`)}</option>)}</select>
            </label>
            <button type="submit" className="btn">{t('settings.add')}</button>
          </Form>
          {!pool.isDefault && <Form method="post" action={`/settings/pools/${pool.id}/archive`}><button type="submit" className="btn btn-danger">{t('settings.archive')}</button></Form>}
        </div>
      )}
    </div>
  )
}
