import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { givingBackReasons } from '~/domain/leads/vocabulary'
import { useOwnershipWords } from '~/ui/ownership/words'
import { useFormat } from '~/ui/use-format'
import type { LeadPageData } from './route'

/** Whose the lead is and until when, why it is theirs, and everybody who had it. */
export function OwnershipPart({ data }: { data: LeadPageData }) {
  const { t } = useTranslation('pool')
  const words = useOwnershipWords()
  const format = useFormat()
  const { ownership, receipts, now, me, lead, mayClaim } = data
  const { owner, pool, protectedUntil, recycleAt, why, history } = ownership
  const days = (at: Date) => t('mine.days', { count: Math.max(0, Math.ceil((at.getTime() - now.getTime()) / 86_400_000)), when: format.date(at, 'moment') })
  return (
    <section className="q-part">
      <h2 className="ld-h">{t('mine.title')}</h2>
      <p className="text-13">
        {owner === null ? t('mine.inPool', { pool: words.pool(pool ?? { name: null }) }) : t('mine.of', { name: owner.name, since: format.date(ownership.ownedSince, 'moment') })}
        {protectedUntil !== null && protectedUntil > now && <> {t('mine.protected', { days: days(protectedUntil) })}</>}
        {recycleAt !== null && why !== null && <> {t(`mine.${why}`, { days: days(recycleAt) })}</>}
      </p>
      {receipts.length > 0 && <Why receipts={receipts} />}
      {history.length > 0 && (
        <details className="mt-2">
          <summary className="cursor-pointer text-13 text-text-2">{t('mine.history', { count: history.length })}</summary>
          <ul className="mt-2 text-13">
            {history.map((change) => (
              <li key={change.id} className="border-b border-line py-2">
                <span>{change.from ?? t('mine.pool')} → {change.to ?? t('mine.pool')}</span>
                <span className="block text-12 text-muted tn">{[format.date(change.at, 'moment'), words.way(change.way), words.reason(change.reason), change.actor].filter((part) => part !== null && part !== '').join(' · ')}</span>
                {change.note !== null && <span className="block">{change.note}</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
      {mayClaim && owner?.id === me && lead.isOpen && lead.duplicateOf === null && <GiveBack lead={lead} />}
    </section>
  )
}

function GiveBack({ lead }: { lead: LeadPageData['lead'] }) {
  const { t } = useTranslation('pool')
  return (
    <details className="mt-2">
      <summary className="cursor-pointer text-13 text-text-2">{t('mine.giveBack')}</summary>
      <Form method="post" action={`/leads/${lead.id}/return`} className="mt-2 flex flex-wrap items-end gap-3">
        <input type="hidden" name="version" value={lead.version} />
        <label className="field"><span className="field-label">{t('mine.reason')}</span><select name="reason" className="input">{givingBackReasons.map((reason) => <option key={reason} value={reason}>{t(`reason.${reason}`)}</option>)}</select></label>
        <label className="field min-w-0 grow basis-56"><span className="field-label">{t('mine.words')}</span><input name="note" maxLength={1000} className="input" /></label>
        <button type="submit" className="btn">{t('mine.giveBack')}</button>
      </Form>
    </details>
  )
}

/** The newest receipt: the sentence first, the table below. */
function Why({ receipts }: { receipts: LeadPageData['receipts'] }) {
  const { t } = useTranslation('pool')
  const format = useFormat()
  const [newest] = receipts
  if (newest === undefined) return null
  const { kind, chosen, rule, candidates, looked, at, policyVersion } = newest
  const skipped = candidates.filter((each) => each.skipped !== null)
  return (
    <details className="mt-2">
      <summary className="cursor-pointer text-13 text-text-2">{chosen === null ? t('why.ofPool') : t('why.of', { name: chosen })}</summary>
      <p className="mt-2 text-13">{t(`why.${kind}`, { name: chosen ?? '', rule: rule ?? '' })} {skipped.length > 0 && t('why.passedOver', { count: skipped.length })}</p>
      {candidates.length > 0 && (
        <table className="mt-2 w-full text-13">
          <thead><tr className="border-b border-line text-left text-12 text-muted"><th className="py-1 font-normal">{t('why.who')}</th><th className="py-1 text-right font-normal">{t('why.open')}</th><th className="py-1 text-right font-normal">{t('why.weight')}</th><th className="py-1 pl-4 font-normal">{t('why.outcome')}</th></tr></thead>
          <tbody>
            {candidates.map((each, index) => (
              <tr key={`${each.memberId} ${String(index)}`} className="border-b border-line">
                <td className="py-1">{each.name}</td><td className="tn py-1 text-right">{each.cap === null ? each.open : `${String(each.open)} / ${String(each.cap)}`}</td><td className="tn py-1 text-right">{each.weight}</td>
                <td className="py-1 pl-4">{each.skipped !== null ? t(`skipped.${each.skipped}`) : each.name === chosen ? t('why.chosen') : t('why.later')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {looked.length > 0 && <ul className="mt-2 text-12 text-muted">{looked.map((each) => <li key={each.rule}>{each.name}: {each.why === null ? t('why.matched') : t(`missed.${each.why}`)}</li>)}</ul>}
      <p className="mt-2 text-12 text-muted tn">{format.date(at, 'moment')}{policyVersion !== null && ` · ${t('why.version', { version: policyVersion })}`}</p>
    </details>
  )
}
