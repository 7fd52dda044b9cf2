import { useFetcher } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { undoSeconds } from '~/domain/outreach/vocabulary'
import { showToast } from '../toast'
import type { SentMail } from './mail-composer'
import type { Answer } from './types'
import { keepMailText, type Written } from './use-mail-text'

/**
 * Says that a mail is about to leave, with a way back until it does: the text then lies in the composer again. Held by
 * the page, because the composer is gone by then. `reopen` opens it anew.
 */
export function useMailUndo(leadId: string, reopen: () => void): (sent: SentMail, written: Written) => void {
  const { t } = useTranslation('mail')
  const fetcher = useFetcher<Answer>()
  const seen = useRef<Answer | undefined>(undefined)
  useEffect(() => {
    if (fetcher.state !== 'idle' || fetcher.data === undefined || seen.current === fetcher.data) return
    seen.current = fetcher.data
    if (fetcher.data.done === undefined) { keepMailText(leadId, null); void showToast({ text: t('tooLate'), tone: 'warn' }) } else reopen()
  }, [fetcher.state, fetcher.data, leadId, reopen, t])
  return ({ mailId }, written) => {
    const onUndo = () => {
      keepMailText(leadId, written)
      fetcher.submit({}, { method: 'post', action: `/mails/${mailId}/cancellation` })
    }
    void showToast({ text: t('leaving', { seconds: String(undoSeconds) }), undo: { onUndo, seconds: undoSeconds } })
  }
}
