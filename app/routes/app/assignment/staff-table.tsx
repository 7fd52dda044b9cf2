import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { AssignmentData } from './route'

/** How many open leads each may have, what languages they speak and what they know. */
export function StaffTable({ data: { staff, mayChange } }: { data: AssignmentData }) {
  const { t } = useTranslation('assignment')
  return (
    <ul className="border-t border-line">
      {staff.map(({ memberId, name, openCap, languages, skills, takesLeads }) => (
        <li key={memberId} className="border-b border-line py-3">
          <Form method="post" action={`/assignment/members/${memberId}/terms`} className="flex flex-wrap items-end gap-3">
            <span className="basis-full text-13 font-medium">{name}</span>
            <label className="field w-28"><span className="field-label">{t('staff.cap')}</span><input name="openCap" type="number" min={0} defaultValue={openCap ?? ''} placeholder={t('staff.noCap')} disabled={!mayChange} className="input tn" /></label>
            <label className="field w-32"><span className="field-label">{t('staff.languages')}</span><input name="languages" defaultValue={languages.join(', ')} placeholder="zh, en" disabled={!mayChange} className="input" /></label>
            <label className="field min-w-0 grow basis-40"><span className="field-label">{t('staff.skills')}</span><input name="skills" defaultValue={skills.join(', ')} disabled={!mayChange} className="input" /></label>
            <label className="check"><input type="checkbox" name="takesLeads" defaultChecked={takesLeads} disabled={!mayChange} className="native-check" /><span>{t('staff.takes')}</span></label>
            {mayChange && <button type="submit" className="btn btn-s">{t('rule.save')}</button>}
          </Form>
        </li>
      ))}
    </ul>
  )
}
