import { Link } from '@remix-run/react'
import { clsx } from 'clsx'
import Mail from 'lucide-react/icons/mail'
import MessageSquare from 'lucide-react/icons/message-square'
import Moon from 'lucide-react/icons/moon'
import Phone from 'lucide-react/icons/phone'
import { useEffect, useState, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { LeadCardView, QueueLead, ReachView } from '~/ui/leads/types'
import { Avatar } from '~/ui/primitives/avatar'
import { Button } from '~/ui/primitives/button'
import { Kbd } from '~/ui/primitives/kbd'
import { showToast } from '~/ui/toast'
import { useLocale } from '~/ui/use-format'

/** The number to call: the person's, else the company's. */
export const phoneOf = (lead: LeadCardView): ReachView | null => reachOf(lead, 'phone') ?? lead.companyFacts?.phones.find(({ isMasked }) => !isMasked) ?? null
/** What is typed into WeChat to find them: their name there, else their number without its blanks. */
export const wechatOf = (lead: LeadCardView): string | null => reachOf(lead, 'wechat')?.shown ?? reachOf(lead, 'phone')?.shown.replaceAll(/[^\d+]/g, '') ?? null
/** The address to write to. */
export const emailOf = (lead: LeadCardView): ReachView | null => reachOf(lead, 'email')
const reachOf = (lead: LeadCardView, kind: ReachView['kind']): ReachView | null => {
  const first = lead.people.find(({ id }) => id === lead.person?.id) ?? lead.people[0]
  return first?.reach.find((each) => each.kind === kind && !each.isMasked) ?? null
}

type Props = { lead: LeadCardView; place: { country: string; timeZone: string } | null; row: QueueLead | undefined; me: string; now: Date; calledAt: number | null; onCall: () => void; onMail: () => void }

/** How to reach them: the number, what else there is, who is calling them already, and whether it is night there. */
export function QueueReach({ lead, place, row, me, now, calledAt, onCall, onMail }: Props) {
  const { t } = useTranslation('queue')
  const { t: leads } = useTranslation('leads')
  const { t: common } = useTranslation()
  const [phone, email, wechat] = [phoneOf(lead), emailOf(lead), wechatOf(lead)]
  const copy = async () => {
    await navigator.clipboard.writeText(wechat ?? '')
    void showToast({ text: `${common('action.copied')}: ${wechat ?? ''}`, tone: 'won' })
  }
  // Another tab, where one is asked for, opens the lead's own page.
  const writeHere = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    onMail()
  }
  const other = row?.calling !== undefined && row.calling !== null && row.calling.id !== me ? row.calling : null
  return (
    <>
      {place !== null && <Hours place={place} now={now} />}
      {other !== null && <p className="q-note-line" role="status"><Avatar name={other.name} /><span>{t('isCalling', { name: other.name })}</span></p>}
      <div className="q-reach">
        <span className="q-phone">{phone?.shown ?? t('noPhone')}</span>
        {calledAt !== null && <Timer since={calledAt} />}
        {email !== null && <Link className={clsx('btn btn-l', phone === null && 'btn-next')} id="q-mail" to={`/leads/${lead.id}?mail=1`} onClick={writeHere}><Mail className="i" aria-hidden="true" />{leads('act.email')}<Kbd keys="E" /></Link>}
        {wechat !== null && <Button size="l" icon={MessageSquare} onPress={() => void copy()}>{leads('act.wechat')}</Button>}
        {phone !== null && <a className="btn btn-next btn-l" id="q-call" href={`tel:${phone.value}`} onClick={onCall}><Phone className="i" aria-hidden="true" />{leads('act.call')}<Kbd keys="C" /></a>}
      </div>
    </>
  )
}

const [FROM, TO] = [8, 20]

/** Their clock, where it is not a time to call: before eight, after twenty, and on Sundays. Our rule, not a law's. */
function Hours({ place, now }: { place: { country: string; timeZone: string }; now: Date }) {
  const { t } = useTranslation('queue')
  const locale = useLocale()
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: place.timeZone, hour: '2-digit', minute: '2-digit', weekday: 'short', hourCycle: 'h23' }).formatToParts(now)
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  const isSunday = part('weekday') === 'Sun'
  if (Number(part('hour')) >= FROM && Number(part('hour')) < TO && !isSunday) return null
  const country = new Intl.DisplayNames([locale], { type: 'region' }).of(place.country) ?? place.country
  return <p className="q-note-line q-warn"><Moon className="i" aria-hidden="true" /><span>{t(isSunday ? 'hours.sunday' : 'hours.night', { time: `${part('hour')}:${part('minute')}`, country })}</span></p>
}

function Timer({ since }: { since: number }) {
  const { t } = useTranslation('queue')
  const [now, setNow] = useState(since)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.round((now - since) / 1000))
  return <span className="q-clock" role="timer" aria-label={t('callRuns')}>{`${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`}</span>
}
