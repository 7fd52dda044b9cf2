import ChevronLeft from 'lucide-react/icons/chevron-left'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../primitives/button'
import { useFormat } from '../use-format'

export type PagerProps = {
  /** rows of all pages; `approximate` above 10,000 */
  total?: number
  approximate?: boolean
  firstHref?: string | null
  previousHref?: string | null
  nextHref?: string | null
}

/** Keyset pages have no numbers: only back, on, and how many there are. */
export function Pager({ total, approximate, firstHref, previousHref, nextHref }: PagerProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const formatted = format.number(total)
  return (
    <nav className="pager" aria-label={t('table.pages')}>
      {total !== undefined && <span role="status">{approximate === true ? t('table.rowsAbout', { formatted }) : t('table.rows', { count: total, formatted })}</span>}
      <span className="pager-end">
        {isHref(firstHref) && <LinkButton size="s" variant="quiet" to={firstHref}>{t('table.first')}</LinkButton>}
        {isHref(previousHref) && <LinkButton size="s" to={previousHref} icon={ChevronLeft}>{t('table.previous')}</LinkButton>}
        {isHref(nextHref) && <LinkButton size="s" to={nextHref} iconEnd={ChevronRight}>{t('table.next')}</LinkButton>}
      </span>
    </nav>
  )
}

const isHref = (href: string | null | undefined): href is string => href !== null && href !== undefined
