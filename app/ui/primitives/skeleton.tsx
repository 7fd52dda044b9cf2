import { useTranslation } from 'react-i18next'

/** Keeps the size of what comes. */
export function Skeleton({ width = '100%', height = 16 }: { width?: number | string; height?: number | string }) {
  return <span className="skel" style={{ width, height }} aria-hidden="true" />
}

const WIDTHS = ['62%', '48%', '71%', '55%', '66%', '43%']

export function SkeletonRows({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation()
  return (
    <div role="status" aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex items-center gap-4 border-b border-line px-6" style={{ height: 'var(--row)' }}>
          <Skeleton width={WIDTHS[index % WIDTHS.length]} height={12} />
        </div>
      ))}
    </div>
  )
}
