import { useTranslation } from 'react-i18next'
import { useFormat } from '~/ui/use-format'
import type { Report } from './route'

type Quality = NonNullable<Report['quality']>
const ROWS = ['auc', 'capture_20', 'capture_50', 'lift_10', 'brier', 'ece'] as const satisfies readonly (keyof Quality)[]
const LESS_IS_BETTER: ReadonlySet<string> = new Set(['brier', 'ece'])

/** How good, in six numbers, each with a line of what it means; beside the card in force on the same leads. */
export function QualityTable({ report: { quality, published, comparedWith } }: { report: Report }) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  const shown = (of: Quality | null, name: (typeof ROWS)[number]) => {
    const value = of?.[name] ?? null
    if (value === null) return '—'
    if (name === 'capture_20' || name === 'capture_50') return format.percent(value, 0)
    return name === 'lift_10' ? t('quality.times', { n: format.number(value, 1) }) : format.number(value, 3)
  }
  const verdict = (name: (typeof ROWS)[number]) => {
    const [mine, theirs] = [quality?.[name] ?? null, published?.[name] ?? null]
    if (mine === null || theirs === null) return ''
    if (Math.abs(mine - theirs) < 0.0005) return t('quality.same')
    return t((mine > theirs) === LESS_IS_BETTER.has(name) ? 'quality.worse' : 'quality.better')
  }
  return (
    <table className="sc-quality text-13">
      <thead><tr><th scope="col">{t('quality.measure')}</th><th scope="col">{t('quality.this')}</th>{published !== null && <><th scope="col">{comparedWith === null ? t('quality.other') : t('version', { version: comparedWith.version })}</th><th scope="col"><span className="sr">{t('quality.verdict')}</span></th></>}</tr></thead>
      <tbody>
        {ROWS.map((name) => (
          <tr key={name}>
            <th scope="row">{t(`quality.${name}`)}<span>{t(`quality.is.${name}`)}</span></th>
            <td><b>{shown(quality, name)}</b></td>
            {published !== null && <><td>{shown(published, name)}</td><td className="text-muted">{verdict(name)}</td></>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
