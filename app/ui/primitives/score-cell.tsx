import { useTranslation } from 'react-i18next'

const PLACES = [0, 1, 2, 3]

/** Sixteen cells: fit down, interest across, 1 is best. `cell` is 11…44. */
export function ScoreCell({ cell, size = 14 }: { cell: number; size?: number }) {
  const { t } = useTranslation()
  const [fit, interest] = [Math.floor(cell / 10), cell % 10]
  return (
    <svg className="g16" width={size} height={size} viewBox="0 0 19 19" role="img" aria-label={t('score.cell', { cell, fit, interest })}>
      {PLACES.flatMap((row) =>
        PLACES.map((column) => (
          <rect key={`${row}${column}`} x={column * 5} y={row * 5} width="4" height="4" rx=".8" className={tone(row + 1, column + 1, fit, interest)} />
        )),
      )}
    </svg>
  )
}

function tone(row: number, column: number, fit: number, interest: number): string | undefined {
  if (row === fit && column === interest) return 'on'
  return row === fit || column === interest ? 'near' : undefined
}
