import { useTranslation } from 'react-i18next'
import type { ImportDetail } from '~/domain/capture'

type Noted = NonNullable<ImportDetail['plan']>['noted']
const shownAtMost = 50

/** Rows that were refused or that a person should look at, with the reason in words. */
export function NotedRows({ noted }: { noted: Noted }) {
  const { t } = useTranslation('imports')
  const reason = (code: string) => t(`reason.${code}` as 'reason.nobody')
  const why = ({ problems, remarks }: Noted[number]) => [
    ...problems.map(({ code, column, value }) => [column, value === undefined ? undefined : `“${value}”`, reason(code)].filter(Boolean).join(' ')),
    ...remarks.map(reason),
  ]
  return (
    <>
      <div className="tbl-wrap" tabIndex={0} role="region" aria-label={t('noted.title')}>
        <table className="tbl">
          <thead>
            <tr>
              <th scope="col">{t('noted.line')}</th>
              <th scope="col">{t('count.failed')}</th>
              <th scope="col">{t('noted.id')}</th>
              <th scope="col">{t('noted.why')}</th>
            </tr>
          </thead>
          <tbody>
            {noted.slice(0, shownAtMost).map((row) => (
              <tr key={row.line}>
                <th scope="row" className="tn">{row.line}</th>
                <td>{row.outcome === 'failed' ? '×' : ''}</td>
                <td>{row.externalId}</td>
                <td>{why(row).join('; ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {noted.length > shownAtMost && <p className="mt-2 text-12 text-muted">{t('noted.more', { n: shownAtMost })}</p>}
    </>
  )
}
