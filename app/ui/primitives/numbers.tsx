import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import Minus from 'lucide-react/icons/minus'
import { useTranslation } from 'react-i18next'
import type { Maybe, MoneyStyle } from '~/i18n/format'
import { NO_VALUE } from '~/i18n/format'
import type { DateStyle, Instant } from '~/i18n/format-time'
import { useFormat } from '../use-format'

export function Num({ value, digits, unit }: { value: Maybe; digits?: number; unit?: string }) {
  const format = useFormat()
  const missing = value === null || value === undefined
  return (
    <span className="tn">
      {format.number(value, digits)}
      {!missing && unit !== undefined && <span className="unit">{unit}</span>}
    </span>
  )
}

/** `ratio` 0.6 prints 60 %, the sign faint. */
export function Percent({ ratio, digits = 0 }: { ratio: Maybe; digits?: number }) {
  return <Num value={ratio === null || ratio === undefined ? ratio : ratio * 100} digits={digits} unit="%" />
}

/** `minor` is fen or cents. In tables of several currencies: `currencyAs="code"`. */
export function Money({ minor, currency, ...style }: { minor: number | bigint | null | undefined; currency: string } & MoneyStyle) {
  return <span className="tn">{useFormat().money(minor, currency, style)}</span>
}

/** Arrow, sign and colour together; green is better for us, whatever the direction. */
export function Change({ ratio, better = 'up', digits = 1 }: { ratio: Maybe; better?: 'up' | 'down'; digits?: number }) {
  const format = useFormat()
  const { t } = useTranslation()
  if (ratio === null || ratio === undefined || !Number.isFinite(ratio)) return <span title={t('change.none')}>{NO_VALUE}</span>
  const shown = Math.round(ratio * 10 ** (digits + 2))
  const direction = shown === 0 ? 'same' : ratio > 0 ? 'up' : 'down'
  const Icon = direction === 'same' ? Minus : direction === 'up' ? ArrowUp : ArrowDown
  const verdict = direction === 'same' ? 'same' : direction === better ? 'better' : 'worse'
  const tone = { same: 'text-muted', better: 'text-won', worse: 'text-breach' }[verdict]
  return (
    <span className={`tn inline-flex items-center gap-1 ${tone}`}>
      <Icon className="i-s" aria-hidden="true" />
      <span>
        {format.signed(shown === 0 ? 0 : ratio * 100, digits)}
        <span className="unit">%</span>
      </span>
      <span className="sr">{t(`change.${verdict}`)}</span>
    </span>
  )
}

/** A point in time in the organisation's zone; the exact moment in the title. */
export function Moment({ at, style = 'moment', now }: { at: Instant; style?: DateStyle; now?: Instant }) {
  const format = useFormat()
  if (at === null || at === undefined) return <span>{NO_VALUE}</span>
  return (
    <time dateTime={new Date(at).toISOString()} title={format.date(at, 'full')}>
      {now === undefined ? format.date(at, style) : format.relative(at, now)}
    </time>
  )
}
