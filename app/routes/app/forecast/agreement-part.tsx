import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { GradeAgreement, RepAgreement, WinRate } from '~/domain/analytics'
import { grades, type Grade } from '~/domain/leads/vocabulary'
import { DataTable, type Column } from '~/ui/tables/data-table'
import { useFormat } from '~/ui/use-format'
import { gradingHref } from './links'

/** Rep and Clew side by side: how far they agree, and who was right. Every number opens its leads. */
export function AgreementPart({ agreement }: { agreement: GradeAgreement }) {
  const { t } = useTranslation('forecast')
  const format = useFormat()
  const { leads, agreed, kappa, differed } = agreement
  if (leads === 0) return <p className="max-w-[90ch] text-13 text-muted">{t('agree.none')}</p>
  const n = (value: number, ...words: string[]) => (value === 0 ? format.number(0) : <Link className="lnk" to={gradingHref(...words)}>{format.number(value)}</Link>)
  return (
    <div className="flex flex-col gap-5">
      <div>
        <p className="text-14">{t('agree.sentence', { count: leads, n: format.number(leads), share: format.percent(agreed / leads, 0), kappa: kappa === null ? '—' : format.number(kappa, 2) })}</p>
        <p className="text-13 text-muted">{t('agree.graded')} {n(leads)}{t('comma')}{t('agree.agreed')} {n(agreed, 'agreed')}</p>
        {differed.decided > 0 && <p className="text-13 text-muted">{t('agree.right')} {t('agree.rep')} {n(differed.rep, 'right-rep')}{t('comma')}{t('agree.clew')} {n(differed.clew, 'right-clew')}{t('agree.rightOf', { n: format.number(differed.decided) })}</p>}
      </div>
      <div className="flex flex-wrap gap-8">
        <div className="max-w-full overflow-x-auto"><Matrix agreement={agreement} /></div>
        <div className="max-w-full overflow-x-auto"><Rates agreement={agreement} /></div>
      </div>
      {agreement.reps.length > 0 && <Reps reps={agreement.reps} />}
    </div>
  )
}

function Matrix({ agreement: { table } }: { agreement: GradeAgreement }) {
  const { t } = useTranslation('forecast')
  const format = useFormat()
  return (
    <table className="tbl w-auto">
      <caption className="pb-1 text-left text-12 text-muted">{t('agree.matrix')}</caption>
      <thead><tr><th scope="col">{t('agree.given')}</th>{grades.map((grade) => <th key={grade} scope="col" className="num">{grade}</th>)}</tr></thead>
      <tbody>
        {grades.map((given) => (
          <tr key={given}>
            <th scope="row">{given}</th>
            {grades.map((suggested) => {
              const value = table[given][suggested]
              const text = format.number(value)
              return <td key={suggested} className="num">{value === 0 ? <span className="text-faint">{text}</span> : <Link className={given === suggested ? 'lnk font-semibold' : 'lnk'} to={gradingHref(`given-${given}`, `suggested-${suggested}`)}>{text}</Link>}</td>
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Links this near to each other are large enough for a thumb. */
const apart = 'lnk inline-flex min-h-6 min-w-6 items-center justify-center'

function Rates({ agreement: { given, suggested } }: { agreement: GradeAgreement }) {
  const { t } = useTranslation('forecast')
  const format = useFormat()
  const share = (rate: WinRate, kind: 'given' | 'suggested', grade: Grade) => {
    if (rate.decided === 0) return '—'
    const interval = rate.interval === null ? '' : `${format.percent(rate.interval.lo, 0)} – ${format.percent(rate.interval.hi, 0)}`
    return (
      <span className={rate.judged ? undefined : 'text-muted'} title={rate.judged ? undefined : t('agree.thin')}>
        {format.percent(rate.won / rate.decided, 0)}
        <span className="tbl-second">
          {rate.won === 0 ? format.number(0) : <Link className={apart} to={gradingHref(`${kind}-${grade}`, 'won')}>{format.number(rate.won)}</Link>}/<Link className={apart} to={gradingHref(`${kind}-${grade}`, 'decided')}>{format.number(rate.decided)}</Link>
        </span>
        {interval !== '' && <span className="tbl-second">{interval}</span>}
      </span>
    )
  }
  return (
    <table className="tbl w-auto">
      <caption className="pb-1 text-left text-12 text-muted">{t('agree.rates')}</caption>
      <thead><tr><th scope="col">{t('agree.grade')}</th><th scope="col" className="num">{t('agree.ofRep')}</th><th scope="col" className="num">{t('agree.ofClew')}</th></tr></thead>
      <tbody>{grades.map((grade) => <tr key={grade}><th scope="row">{grade}</th><td className="num">{share(given[grade], 'given', grade)}</td><td className="num">{share(suggested[grade], 'suggested', grade)}</td></tr>)}</tbody>
    </table>
  )
}

function Reps({ reps }: { reps: readonly RepAgreement[] }) {
  const { t } = useTranslation('forecast')
  const format = useFormat()
  const linked = (value: number, row: RepAgreement, ...words: string[]) => (value === 0 || row.key === null ? format.number(value) : <Link className="lnk" to={gradingHref(`by-${row.key}`, ...words)}>{format.number(value)}</Link>)
  const columns: Column<RepAgreement>[] = [
    { id: 'name', header: t('agree.who'), cell: ({ label }) => label ?? t('agree.gone') },
    { id: 'leads', header: t('agree.graded'), numeric: true, cell: (row) => linked(row.leads, row) },
    { id: 'agreed', header: t('agree.agreed'), numeric: true, cell: (row) => <>{linked(row.agreed, row, 'agreed')}<span className="tbl-second">{format.percent(row.agreed / row.leads, 0)}</span></> },
    { id: 'kappa', header: t('agree.kappa'), numeric: true, cell: ({ kappa }) => (kappa === null ? '—' : format.number(kappa, 2)) },
    { id: 'rep', header: t('agree.repRight'), numeric: true, cell: (row) => linked(row.differed.rep, row, 'right-rep') },
    { id: 'clew', header: t('agree.clewRight'), numeric: true, cell: (row) => linked(row.differed.clew, row, 'right-clew') },
  ]
  return <DataTable label={t('agree.who')} rows={reps} columns={columns} rowId={({ key }: RepAgreement) => key ?? 'none'} card={{ primary: 'name', secondary: 'leads', end: 'agreed' }} empty={null} />
}
