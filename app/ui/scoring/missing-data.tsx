import { useTranslation } from 'react-i18next'
import type { CardOutcome, LeftOutLeads, MissingData as Missing } from '~/domain/scoring/contract'
import { useFormat } from '../use-format'

/** Why nothing was learned: what there is, what is needed, and what does not count. */
export function MissingData({ missing, outcome, horizonDays }: { missing: Missing; outcome: CardOutcome; horizonDays: number }) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  const n = (value: number) => format.number(value)
  const rows = [
    { what: t('missing.leads', { days: horizonDays }), is: missing.leads, needed: missing.leadsNeeded },
    { what: t(`missing.${outcome}`), is: missing.positives, needed: missing.eachNeeded },
    { what: t('missing.negatives'), is: missing.negatives, needed: missing.eachNeeded },
  ]
  const short = rows.filter(({ is, needed }) => is < needed)
  return (
    <section className="max-w-[640px] rounded-md border border-line bg-sunken px-4 py-3 text-13" role="status">
      <p className="font-medium">{t('missing.title')}</p>
      <p className="mt-1 text-text-2">{short.map(({ what, is, needed }) => t('missing.short', { what, is: n(is), needed: n(needed) })).join(t('say.semicolon'))}{t('say.stop')}</p>
      <table className="mt-3 w-full tn">
        <thead><tr className="text-12 text-muted"><th className="py-1 text-left font-normal">{t('missing.what')}</th><th className="text-right font-normal">{t('missing.is')}</th><th className="text-right font-normal">{t('missing.needed')}</th></tr></thead>
        <tbody>{rows.map(({ what, is, needed }) => <tr key={what} className="border-t border-line"><th scope="row" className="py-1.5 text-left font-normal">{what}</th><td className={is < needed ? 'text-right font-semibold text-breach' : 'text-right'}>{n(is)}</td><td className="text-right">{n(needed)}</td></tr>)}</tbody>
      </table>
      <LeftOutSentence leftOut={missing.leftOut} />
      <p className="mt-2 text-text-2">{t('missing.meanwhile')}</p>
    </section>
  )
}

/** Leads that say nothing of how leads come out. */
export function LeftOutSentence({ leftOut }: { leftOut: LeftOutLeads }) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  const parts = ([['open', leftOut.open], ['junk', leftOut.junk], ['merged', leftOut.merged], ['imported', leftOut.importedWithoutOutcomes]] as const).filter(([, count]) => count > 0).map(([why, count]) => t(`leftOut.${why}`, { n: format.number(count) }))
  return parts.length === 0 ? null : <p className="mt-2 text-12 text-muted">{t('leftOut.title')} {parts.join(t('say.comma'))}{t('say.stop')}</p>
}
