import { useFetcher } from '@remix-run/react'
import { useCallback, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { MailComposer } from '~/ui/leads/mail-composer'
import type { MailDraftView } from '~/ui/leads/mail-types'
import { useMailUndo } from '~/ui/leads/use-mail-undo'
import { Sheet } from '~/ui/primitives/dialog'
import { Skeleton } from '~/ui/primitives/skeleton'

type Props = { leadId: string; isOpen: boolean; open: () => void; close: () => void }

/** A mail written without leaving the queue. It counts as a contact once it has left, so the lead stays where it is until then. */
export function MailSheet({ leadId, isOpen, open, close }: Props) {
  const { t } = useTranslation('mail')
  const { load, data } = useFetcher<MailDraftView>()
  const say = useMailUndo(leadId, useCallback(() => { open() }, [open]))
  const draft = `/queue/mail-draft?lead=${leadId}`
  useEffect(() => { if (isOpen) load(draft) }, [isOpen, draft, load])
  return (
    <Sheet title={t('write')} isOpen={isOpen} onOpenChange={(stays) => { if (!stays) close() }}>
      {data === undefined
        ? <div className="flex flex-col gap-2"><Skeleton width="100%" height={32} /><Skeleton width="100%" height={160} /></div>
        : <MailComposer untitled draft={data} leadId={leadId} doors={{ send: `/queue/mails?lead=${leadId}`, draft }} onSent={(sent, written) => { close(); say(sent, written) }} />}
    </Sheet>
  )
}
