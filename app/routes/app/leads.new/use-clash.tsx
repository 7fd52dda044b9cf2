import { Link, useFetcher } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '~/ui/use-format'

type Clash = { by: 'person' | 'company'; open: boolean; lead: { id: string; name: string; owner: string | null; since: Date } | null }
const PAUSE_MS = 500

/** Asks, half a second after the last key, whether what is being typed is known. The same is asked once. */
export function useClash(): { clash: Clash | null; ask: (form: HTMLFormElement) => void } {
  const fetcher = useFetcher<{ done?: { clash: Clash | null } }>()
  const timer = useRef<ReturnType<typeof setTimeout>>()
  const last = useRef('')
  useEffect(() => () => clearTimeout(timer.current), [])
  const ask = (form: HTMLFormElement) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      const typed = Object.fromEntries(['phone', 'email', 'company'].map((name) => [name, String(new FormData(form).get(name) ?? '').trim()]))
      const said = JSON.stringify(typed)
      if (said === last.current || (typed['phone'] ?? '').length + (typed['email'] ?? '').length + (typed['company'] ?? '').length < 2) return
      last.current = said
      fetcher.submit(typed, { method: 'post', action: '/leads/clash' })
    }, PAUSE_MS)
  }
  return { clash: fetcher.data?.done?.clash ?? null, ask }
}

/** Whom one is typing in anew, while there is still time. */
export function ClashNote({ clash }: { clash: Clash | null }) {
  const { t } = useTranslation('leads')
  const format = useFormat()
  const said = (found: Clash): string => {
    if (!found.open) return t('clash.known')
    if (found.lead === null) return t('clash.hidden')
    return found.lead.owner === null ? t('clash.free', { name: found.lead.name }) : t('clash.owned', { name: found.lead.name, owner: found.lead.owner, since: format.date(found.lead.since, 'day') })
  }
  return (
    <div role="status" aria-label={t('clash.label')}>
      {clash !== null && (
        <p className="rounded-[var(--radius)] bg-warn-wash px-3 py-2 text-14 text-text" data-clash>
          {said(clash)} {clash.lead !== null && <Link className="lnk" to={`/leads/${clash.lead.id}`} target="_blank">{t('clash.open')}</Link>}
        </p>
      )}
    </div>
  )
}
