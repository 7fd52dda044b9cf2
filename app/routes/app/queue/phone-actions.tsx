import Mail from 'lucide-react/icons/mail'
import MessageSquare from 'lucide-react/icons/message-square'
import Phone from 'lucide-react/icons/phone'
import { useTranslation } from 'react-i18next'
import { PhoneBar } from '~/ui/layout/app-shell'
import type { LeadCardView } from '~/ui/leads/types'
import { Button } from '~/ui/primitives/button'
import { emailOf, phoneOf, wechatOf } from './queue-reach'

/** Under the thumb: later, WeChat, and the call; a mail where there is no number. */
export function PhoneActions({ lead, onSnooze, onCall, onMail }: { lead: LeadCardView; onSnooze: () => void; onCall: () => void; onMail: () => void }) {
  const { t } = useTranslation('leads')
  const [phone, wechat] = [phoneOf(lead), wechatOf(lead)]
  return (
    <PhoneBar>
      <Button onPress={onSnooze}>{t('act.snooze')}</Button>
      {wechat !== null && <Button icon={MessageSquare} onPress={() => void navigator.clipboard.writeText(wechat)}>{t('act.wechat')}</Button>}
      {phone === null && emailOf(lead) !== null && <Button variant="next" icon={Mail} onPress={onMail}>{t('act.email')}</Button>}
      {phone !== null && <a className="btn btn-next" href={`tel:${phone.value}`} onClick={onCall}><Phone className="i" aria-hidden="true" />{t('act.call')}</a>}
    </PhoneBar>
  )
}
