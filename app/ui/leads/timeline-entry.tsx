import Activity from 'lucide-react/icons/activity'
import Eye from 'lucide-react/icons/eye'
import FileText from 'lucide-react/icons/file-text'
import GitBranch from 'lucide-react/icons/git-branch'
import Inbox from 'lucide-react/icons/inbox'
import Mail from 'lucide-react/icons/mail'
import MessageCircle from 'lucide-react/icons/message-circle'
import MessageSquare from 'lucide-react/icons/message-square'
import MousePointerClick from 'lucide-react/icons/mouse-pointer-click'
import Moon from 'lucide-react/icons/moon'
import PencilLine from 'lucide-react/icons/pencil-line'
import Phone from 'lucide-react/icons/phone'
import PlayCircle from 'lucide-react/icons/circle-play'
import QrCode from 'lucide-react/icons/qr-code'
import ShieldX from 'lucide-react/icons/shield-x'
import Share2 from 'lucide-react/icons/share-2'
import StickyNote from 'lucide-react/icons/sticky-note'
import TrendingUp from 'lucide-react/icons/trending-up'
import Upload from 'lucide-react/icons/upload'
import UserRound from 'lucide-react/icons/user-round'
import Users from 'lucide-react/icons/users'
import type { LucideIcon } from 'lucide-react'
import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import type { ActivityKind, ChangeKind, TouchKind } from '~/domain/leads/vocabulary'
import { Moment } from '../primitives/numbers'
import { ReadMail } from './read-mail'
import { useEntryWords } from './entry-words'
import type { TimelineEntryView } from './types'

const ACTIVITY: Record<ActivityKind, LucideIcon> = { call: Phone, email: Mail, wechat: MessageSquare, message: MessageCircle, meeting: Users, note: StickyNote }
const TOUCH: Record<TouchKind, LucideIcon> = {
  form: FileText, ad_click: MousePointerClick, page_view: Eye, webinar: PlayCircle, call: Phone, email: Mail, scan: QrCode, wechat: MessageSquare, referral: Share2, import: Upload, event: Activity,
}
const CHANGE: Record<ChangeKind, LucideIcon> = { owner: UserRound, verdict: ShieldX, snooze: Moon, checklist: FileText, role: Users, separate: GitBranch, field: PencilLine }

function iconOf(entry: TimelineEntryView): LucideIcon {
  switch (entry.kind) {
    case 'touch': return TOUCH[entry.touch]
    case 'inquiry': return Inbox
    case 'move': return TrendingUp
    case 'change': return CHANGE[entry.change]
    case 'mail': return Mail
    case 'activity': return ACTIVITY[entry.activity]
  }
}

/** One thing that happened: what, who, when, and a way back where there is one. */
export function TimelineEntry({ entry, names, onUndo }: { entry: TimelineEntryView; names: Record<string, string>; onUndo?: () => void }) {
  const { t } = useTranslation('leads')
  const { title, quote, small } = useEntryWords(entry, names)
  const Icon = iconOf(entry)
  const gone = (entry.kind === 'activity' && entry.undoneAt !== null) || (entry.kind === 'move' && entry.isUndone) || (entry.kind === 'mail' && entry.state === 'cancelled')
  return (
    <li id={entry.id} className={clsx('tl-ev', gone && 'tl-gone')}>
      <Icon className="i" aria-hidden="true" />
      <div className="min-w-0">
        <p>{title}</p>
        {quote !== null && <q>{quote}</q>}
        {small.length > 0 && <small>{small.join(' · ')}</small>}
        {entry.kind === 'mail' && <ReadMail id={entry.id} subject={entry.subject} />}
        {gone && entry.kind !== 'mail' && <small>{t('timeline.undone')}</small>}
        {!gone && onUndo !== undefined && <button type="button" className="lnk text-12" onClick={onUndo}>{t('timeline.undo')}</button>}
      </div>
      <Moment at={entry.at} style="time" />
    </li>
  )
}
