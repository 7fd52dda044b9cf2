import { useFetcher } from '@remix-run/react'
import EllipsisVertical from 'lucide-react/icons/ellipsis-vertical'
import { useTranslation } from 'react-i18next'
import { ownerReasons, personRoles } from '~/domain/leads/vocabulary'
import { AnswerDialog } from '~/ui/leads/answer-form'
import { lengthSince, type useCall } from '~/ui/leads/call-timer'
import { PlainField, SelectRow } from '~/ui/leads/form-fields'
import { LogFields } from '~/ui/leads/log-fields'
import { BackDialog, GradeDialog, JunkDialog, LoseDialog, QualifyDialog, WinDialog, type DialogLead, type DialogName } from '~/ui/leads/lead-dialogs'
import { useLeadWords } from '~/ui/leads/lead-words'
import type { Answer } from '~/ui/leads/types'
import { useRefusal } from '~/ui/leads/use-refusal'
import { Button, IconButton, LinkButton } from '~/ui/primitives/button'
import { Menu, MenuItem } from '~/ui/primitives/menu'
import { useFormat } from '~/ui/use-format'
import type { LeadPageData } from './route'

export type DetailAct = DialogName | 'log' | 'note' | 'assign' | 'person'
type Props = { data: LeadPageData; act: DetailAct | null; setAct: (act: DetailAct | null) => void; call: ReturnType<typeof useCall> }

const NEXT: Record<LeadPageData['lead']['stage'], DialogName | null> = { inquiry: 'qualify', qualified: 'grade', graded: 'win', won: null, lost: 'back' }

/** What may be done with the lead now: the next move first, the rest in a menu. */
export function DetailActions({ data, act, setAct, call }: Props) {
  const { lead, mayAssign } = data
  const { t } = useTranslation('leads')
  const format = useFormat()
  const direct = useFetcher<Answer>()
  const refusal = useRefusal()
  const problem = direct.state === 'idle' ? refusal(direct.data) : null
  const next = lead.verdict === 'junk' ? null : NEXT[lead.stage]
  const label = { qualify: t('act.qualify'), grade: t('act.grade'), win: t('act.win'), lose: t('act.lose'), junk: t('act.junk'), back: lead.stage === 'lost' ? t('act.reopen') : t('act.back') }
  const post = (noun: string, fields: Record<string, string>) => direct.submit(fields, { method: 'post', action: `/leads/${lead.id}/${noun}` })
  const skips = ([['grade', lead.stage === 'inquiry'], ['win', lead.stage === 'inquiry' || lead.stage === 'qualified']] as const).filter(([, shown]) => shown)
  return (
    <div className="ld-acts">
      {problem !== null && <p role="alert" className="form-alert w-full"><span>{problem}</span></p>}
      {next !== null && <Button variant="next" onPress={() => setAct(next)}>{label[next]}</Button>}
      {lead.verdict === 'junk' && <Button variant="next" onPress={() => post('verdict', { verdict: 'valid' })}>{t('act.valid')}</Button>}
      <Button onPress={() => setAct('log')}>{t('act.log')}</Button>
      {lead.people.some(({ reach }) => reach.some(({ kind }) => kind === 'email')) && <LinkButton to={`/leads/${lead.id}?mail=1`} preventScrollReset>{t('act.email')}</LinkButton>}
      <Button onPress={() => setAct('note')}>{t('act.addNote')}</Button>
      {lead.isOpen && <Button onPress={() => setAct('lose')}>{t('act.lose')}</Button>}
      <Menu
        label={t('act.more')} placement="bottom end" trigger={<IconButton icon={EllipsisVertical} label={t('act.more')} variant="plain" />}
        onAction={(key) => (key === 'separate' ? post('separation', {}) : key === 'wake' ? post('rest', { until: '' }) : setAct(key as DetailAct))}
      >
        {lead.stage === 'graded' ? <MenuItem id="grade">{t('act.regrade')}</MenuItem> : null}
        {lead.stage === 'won' ? <MenuItem id="win">{t('act.correct')}</MenuItem> : null}
        {skips.map(([id]) => <MenuItem key={id} id={id}>{label[id]}</MenuItem>)}
        {lead.stage === 'qualified' || lead.stage === 'graded' || lead.stage === 'won' ? <MenuItem id="back">{t('act.back')}</MenuItem> : null}
        {mayAssign ? <MenuItem id="assign">{t('act.assign')}</MenuItem> : null}
        {lead.snoozedUntil !== null ? <MenuItem id="wake">{t('act.wake')}</MenuItem> : null}
        {lead.isSeparate ? null : <MenuItem id="separate" description={t('form.separateHint')}>{t('act.separate')}</MenuItem>}
        {lead.verdict === 'valid' ? <MenuItem id="junk" danger>{t('act.junk')}</MenuItem> : null}
      </Menu>
      {call.startedAt !== null && (
        <p role="status" className="flex w-full flex-wrap items-center gap-2 text-13">
          {t('call.running', { since: format.date(call.startedAt, 'time') })}
          <Button size="s" variant="next" onPress={() => setAct('log')}>{t('call.log')}</Button>
          <Button size="s" variant="quiet" onPress={call.end}>{t('call.drop')}</Button>
        </p>
      )}
      <Dialogs data={data} act={act} call={call} close={() => setAct(null)} />
    </div>
  )
}

function Dialogs({ data, act, close, call }: { data: LeadPageData; act: DetailAct | null; close: () => void; call: ReturnType<typeof useCall> }) {
  const { lead, currency, today, owners, colleagues } = data
  const { t } = useTranslation('leads')
  const name = useLeadWords().name(lead)
  const about: DialogLead = { id: lead.id, name, version: lead.version, stage: lead.stage, grade: lead.grade, amount: lead.amount, currency: lead.currency, checklist: lead.checklist }
  const shared = { lead: about, close }
  return (
    <>
      <QualifyDialog {...shared} isOpen={act === 'qualify'} />
      <GradeDialog {...shared} isOpen={act === 'grade'} currency={currency} month={lead.state.expectedMonth} />
      <WinDialog {...shared} isOpen={act === 'win'} currency={currency} today={today} />
      <LoseDialog {...shared} isOpen={act === 'lose'} />
      <BackDialog {...shared} isOpen={act === 'back'} />
      <JunkDialog {...shared} isOpen={act === 'junk'} />
      <AnswerDialog title={t('act.log')} action={`/leads/${lead.id}/contacts`} submitLabel={t('act.save')} isOpen={act === 'log'} close={close} onDone={call.end}>
        <LogFields outcomes={data.outcomes} length={call.startedAt === null ? null : lengthSince(call.startedAt, Date.now())} />
      </AnswerDialog>
      <AnswerDialog title={t('act.addNote')} action={`/leads/${lead.id}/notes`} submitLabel={t('act.save')} isOpen={act === 'note'} close={close}>
        <PlainField label={t('act.note')}>{(id) => <textarea id={id} name="note" rows={4} maxLength={4000} className="input" />}</PlainField>
      </AnswerDialog>
      <AnswerDialog title={t('add.person')} action={`/leads/${lead.id}/people`} submitLabel={t('act.save')} isOpen={act === 'person'} close={close}>
        <SelectRow label={t('add.colleague')} name="personId" choices={colleagues.map(({ id, name: who, title }) => ({ value: id, label: title === null ? who : `${who}, ${title}` }))} />
        <SelectRow label={t('add.role')} name="role" defaultValue="contact" choices={personRoles.map((value) => ({ value, label: t(`role.${value}`) }))} />
      </AnswerDialog>
      <AnswerDialog title={t('form.assignTitle')} action={`/leads/${lead.id}/owner`} submitLabel={t('act.save')} isOpen={act === 'assign'} close={close}>
        <input type="hidden" name="version" value={lead.version} />
        <SelectRow label={t('form.owner')} name="to" empty={t('list.nobody')} defaultValue={lead.owner?.id} choices={owners.map(({ id, name: label }) => ({ value: id, label }))} />
        <SelectRow label={t('form.reason')} name="reason" choices={ownerReasons.map((value) => ({ value, label: t(`ownerReason.${value}`) }))} />
      </AnswerDialog>
    </>
  )
}
