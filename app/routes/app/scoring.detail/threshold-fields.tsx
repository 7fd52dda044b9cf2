import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslation } from 'react-i18next'
import type { CardFault } from '~/domain/scoring/contract'
import type { ScoreGroup } from '~/domain/scoring/vocabulary'
import { barsOf, classCounts, classes } from '~/ui/scoring/classes'
import { faultsAt, useFaultWords } from '~/ui/scoring/use-fault-words'
import type { Sums } from '~/ui/scoring/types'
import { useFormat } from '~/ui/use-format'

type Three = readonly [number, number, number]
type Props = { group: ScoreGroup; from: Three; sums: Sums | null; faults: readonly CardFault[]; onChange?: (from: [number, number, number]) => void }

/** Where the classes of a group begin, over a picture of where the leads of now stand. */
export function ThresholdFields({ group, from, sums, faults, onChange }: Props) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  const says = useFaultWords()
  const counts = sums === null ? null : classCounts(sums, group, from)
  const all = counts?.reduce((sum, count) => sum + count, 0) ?? 0
  return (
    <div className="sc-group">
      <h3 className="text-13 font-medium">{t(`group.${group}`)}</h3>
      {sums !== null && sums.length > 0 && <Bars sums={sums} group={group} from={from} />}
      <ol className="sc-classes">
        {classes.map((each, at) => (
          <li key={each}>
            <i className={`sc-k sc-k${String(each)}`} aria-hidden="true" />
            <span className="sc-class">{each}</span>
            {at < 3 ? (
              <label className="flex items-center gap-2"><span className="text-muted">{t('edit.from')}</span>
                {onChange === undefined ? <b className="tn font-medium">{format.number(from[at])}</b> : (
                  <input type="number" name={`${group}.${String(at)}`} step={1} value={Number.isNaN(from[at]) ? '' : from[at]} className="input tn sc-num" aria-label={t('edit.fromOf', { group: t(`group.${group}`), class: each })} aria-invalid={faultsAt(faults, `thresholds.${group}.${String(at)}`).length > 0 ? true : undefined}
                    onChange={({ currentTarget }) => onChange(from.map((value, place) => (place === at ? currentTarget.valueAsNumber : value)) as [number, number, number])} />
                )}
              </label>
            ) : <span className="text-muted">{t('edit.below')}</span>}
            <span className="ml-auto tn">{counts === null ? '—' : format.number(counts[at])}</span>
            <span className="sc-share tn">{counts === null || all === 0 ? '' : format.percent((counts[at] ?? 0) / all, 0)}</span>
          </li>
        ))}
      </ol>
      {faultsAt(faults, `thresholds.${group}`).map(({ at, code, params }) => <p key={at + code} className="field-error"><CircleAlert className="i-s" aria-hidden="true" />{says(code, params)}</p>)}
    </div>
  )
}

const HEIGHT = 56

/** Leads by their sum of a group, the better the further right; the four classes are as dark as in the list below. */
function Bars({ sums, group, from }: { sums: Sums; group: ScoreGroup; from: Three }) {
  const format = useFormat()
  const said = from.filter((value) => !Number.isNaN(value))
  const { bars, low, width, count } = barsOf(sums, group, said)
  const most = Math.max(1, ...bars.map(({ leads }) => leads))
  const x = (points: number) => ((points - low) / (width * count)) * 100
  return (
    <figure className="mt-2" aria-hidden="true">
      <svg className="block w-full" viewBox={`0 0 100 ${String(HEIGHT)}`} preserveAspectRatio="none" height={HEIGHT}>
        {bars.map((bar) => bar.leads === 0 ? null : <rect key={bar.from} className={`sc-b${String(bar.class)}`} x={x(bar.from) + 8 / count} width={Math.max(0.4, 100 / count - 16 / count)} y={HEIGHT - Math.max(2, (bar.leads / most) * (HEIGHT - 4))} height={HEIGHT} />)}
        {said.map((value, at) => <path key={at} d={`M${String(x(value))} 0V${String(HEIGHT)}`} className="sc-cut" vectorEffect="non-scaling-stroke" />)}
      </svg>
      <figcaption className="flex justify-between text-12 text-muted tn"><span>{format.number(low)}</span><span>{format.number(low + width * count - 1)}</span></figcaption>
    </figure>
  )
}
