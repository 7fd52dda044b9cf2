import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Stage } from '~/domain/leads/vocabulary'
import { localDate } from '~/lib/period'
import { GradeDialog, JunkDialog, LoseDialog, QualifyDialog, WinDialog, type DialogLead } from '~/ui/leads/lead-dialogs'
import { useLeadWords } from '~/ui/leads/lead-words'
import type { Step } from '~/ui/leads/outcome-pad'
import type { LeadCardView } from '~/ui/leads/types'
import { Button } from '~/ui/primitives/button'
import { Dialog } from '~/ui/primitives/dialog'
import { useFormat, useTimeZone } from '~/ui/use-format'
import { AssignDialog, type Moving } from './assign-dialog'
import { MailSheet } from './mail-sheet'
import type { CardAct } from './queue-card'
import type { Acts } from './use-acts'

type Props = { lead: LeadCardView; act: CardAct | null; open: (act: CardAct) => void; close: () => void; steps: readonly Step[]; currency: string; now: Date; acts: Acts; moving: Moving }

/** The short forms of the queue; each is one noun on the server. */
export function QueueDialogs({ lead, act, open, close, steps, currency, now, acts, moving }: Props) {
  const words = useLeadWords()
  const zone = useTimeZone()
  const about: DialogLead = { id: lead.id, name: words.name(lead), version: lead.version, stage: lead.stage, grade: lead.grade, amount: lead.amount, currency: lead.currency, checklist: lead.checklist }
  const onMoved = (done: unknown) => {
    const { moveId, state } = done as { moveId: string | null; state: { stage: Stage } }
    acts.moved(lead, moveId, state.stage)
  }
  const shared = { lead: about, close }
  return (
    <>
      <QualifyDialog {...shared} isOpen={act === 'qualify'} onDone={onMoved} />
      <GradeDialog {...shared} isOpen={act === 'grade'} onDone={onMoved} currency={currency} month={null} />
      <WinDialog {...shared} isOpen={act === 'win'} onDone={onMoved} currency={currency} today={localDate(now, zone)} />
      <LoseDialog {...shared} isOpen={act === 'lose'} onDone={onMoved} />
      <JunkDialog {...shared} isOpen={act === 'junk'} onDone={() => acts.junked(lead)} />
      <AssignDialog lead={lead} name={about.name} moving={moving} isOpen={act === 'assign'} close={close} onDone={(to) => acts.handedOn(lead, to)} />
      <MailSheet key={lead.id} leadId={lead.id} isOpen={act === 'mail'} open={() => open('mail')} close={close} />
      <SnoozeDialog name={about.name} isOpen={act === 'snooze'} close={close} steps={steps} onSnooze={(until, shown) => acts.snooze(lead, until, shown)} />
    </>
  )
}

function SnoozeDialog({ name, isOpen, close, steps, onSnooze }: { name: string; isOpen: boolean; close: () => void; steps: readonly Step[]; onSnooze: (until: string, shown: string) => void }) {
  const { t } = useTranslation('queue')
  const format = useFormat()
  const [picked, setPicked] = useState('')
  const inAnHour = new Date(Date.now() + 3_600_000)
  const take = (until: string, shown: string) => {
    onSnooze(until, shown)
    close()
  }
  return (
    <Dialog title={t('snoozeTitle', { name })} isOpen={isOpen} onOpenChange={(open) => { if (!open) close() }}>
      <div className="flex flex-col gap-2">
        {steps.flatMap(({ id, at: then }) => {
          if (then === null) return []
          const at = id === 'hour' ? inAnHour : then
          const shown = format.date(at, 'moment')
          return [<Button key={id} wide onPress={() => take(id === 'hour' ? id : at.toISOString(), shown)}>{t(`step.${id}`)}<span className="text-muted tn">{shown}</span></Button>]
        })}
        <div className="mt-2 flex items-end gap-2">
          <input type="datetime-local" className="input" aria-label={t('pickLabel')} value={picked} onChange={(event) => setPicked(event.target.value)} />
          <Button isDisabled={picked === ''} onPress={() => take(picked, picked.replace('T', ' '))}>{t('pickSave')}</Button>
        </div>
      </div>
    </Dialog>
  )
}
