import TriangleAlert from 'lucide-react/icons/triangle-alert'
import { useTranslation } from 'react-i18next'

/** Said where a platform could not reach our address: why, and what to change. */
export function ReachWarning({ problem, needsTls }: { problem: 'this-machine' | 'inner-network' | 'no-tls' | null; needsTls: boolean }) {
  const { t } = useTranslation('sources')
  if (problem === null) return null
  return (
    <div role="note" className="mt-3 flex gap-2 rounded-md border border-line bg-warn-wash p-3 text-13">
      <TriangleAlert className="i mt-0.5 shrink-0 text-warn" aria-hidden="true" />
      <span className="min-w-0">
        <span className="block font-medium">{t(`reach.${problem}`)}</span>
        <span className="block text-text-2">{t('reach.fix')}{needsTls ? ` ${t('reach.tls')}` : ''}</span>
      </span>
    </div>
  )
}
