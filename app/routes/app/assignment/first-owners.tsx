import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { AssignmentData } from './route'

/** Who comes before every rule: named accounts, and whoever has the company already. */
export function FirstOwners({ data: { shown, staff, mayChange } }: { data: AssignmentData }) {
  const { t } = useTranslation('assignment')
  const rules = shown?.rules
  const nameOf = (id: string) => staff.find(({ memberId }) => memberId === id)?.name ?? '?'
  return (
    <div className="flex flex-col gap-4">
      <Form method="post" action="/assignment/first-owners" className="flex flex-wrap items-center gap-x-5">
        <label className="check"><input type="checkbox" name="keepsCompanyOwner" defaultChecked={rules?.keepsCompanyOwner !== false} disabled={!mayChange} className="native-check" /><span>{t('first.company')}</span></label>
        <label className="check"><input type="checkbox" name="keepsCustomerOwner" defaultChecked={rules?.keepsCustomerOwner !== false} disabled={!mayChange} className="native-check" /><span>{t('first.customer')}</span></label>
        {mayChange && <button type="submit" className="btn btn-s">{t('rule.save')}</button>}
      </Form>
      {rules !== undefined && rules.named.length > 0 && (
        <ul className="border-t border-line">
          {rules.named.map(({ account, memberId }) => (
            <li key={account} className="flex min-h-9 items-center gap-3 border-b border-line text-13">
              <span className="grow">{account}</span><span>{nameOf(memberId)}</span>
              {mayChange && <Form method="post" action="/assignment/named-accounts"><input type="hidden" name="account" value={account} /><button type="submit" className="btn btn-s btn-quiet" aria-label={t('first.removeOf', { account })}>{t('rule.remove')}</button></Form>}
            </li>
          ))}
        </ul>
      )}
      {mayChange && (
        <Form method="post" action="/assignment/named-accounts" className="flex flex-wrap items-end gap-2">
          <label className="field min-w-0 grow basis-48"><span className="field-label">{t('first.account')}</span><input name="account" required maxLength={200} placeholder="hengtai.cn" className="input" /></label>
          <label className="field"><span className="field-label">{t('first.owner')}</span><select name="memberId" className="input">{staff.map(({ memberId, name }) => <option key={memberId} value={memberId}>{name}</option>)}</select></label>
          <button type="submit" className="btn">{t('first.add')}</button>
        </Form>
      )}
    </div>
  )
}
