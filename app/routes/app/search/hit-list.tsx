import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { Hit } from '~/domain/search'
import { StageChip } from '~/ui/leads/stage-chip'
import { Marked } from '~/ui/primitives/marked'

/** What was found, each with the reason why, as a list of links. */
export function HitList({ hits }: { hits: readonly Hit[] }) {
  const { t } = useTranslation('search')
  return (
    <ul className="flex flex-col">
      {hits.map((hit) => (
        <li key={hit.id} className="flex min-h-11 flex-wrap items-baseline gap-x-3 gap-y-1 border-b border-line py-2">
          <Link to={hit.href} prefetch="intent" className="lnk min-w-0 text-14 font-medium">
            {hit.title === '' ? hit.id : <Marked text={hit.title} ranges={hit.matched?.text === hit.title ? hit.matched.ranges : []} />}
          </Link>
          {hit.detail !== '' && <span className="min-w-0 text-13 text-muted"><Marked text={hit.detail} ranges={hit.matched?.text === hit.detail ? hit.matched.ranges : []} /></span>}
          <Why hit={hit} />
          <span className="ml-auto flex items-center gap-3 text-12 text-muted">
            {hit.kind !== 'leads' && hit.leads > 0 && <span className="tn">{t('leads', { count: hit.leads })}</span>}
            {hit.kind === 'leads' && <span>{hit.isMine ? t('mine') : (hit.ownerName ?? t('unowned'))}</span>}
            {hit.stage !== null && <StageChip lead={{ stage: hit.stage, verdict: 'valid', grade: null, junkReason: null, lostReason: null }} />}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Why({ hit: { matched } }: { hit: Hit }) {
  const { t } = useTranslation('search')
  if (matched === null || matched.field === 'person' || matched.field === 'company') return null
  return <span className="text-12 text-muted">{t(`by.${matched.field}`, { text: matched.text })}</span>
}
