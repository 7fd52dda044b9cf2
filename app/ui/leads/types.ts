import type {
  ActivityKind, ChangeKind, ContactDetail, ChecklistAnswer, ChecklistItem, DueReason, Grade, NextStepRule, Outcome, PersonRole, QueueReason, Stage, TouchKind, Verdict,
} from '~/domain/leads/vocabulary'
import type { MailProblem, MailState } from '~/domain/outreach/vocabulary'

type Named = { id: string; name: string }
type Labels = { en: string | null; 'zh-CN': string | null }

/** A lead as lists show it; what the domain's rows look like to a page. */
export type LeadView = {
  id: string; version: number; stage: Stage; enteredAt: Date; grade: Grade | null; cell: number | null; cellByHand: boolean; verdict: Verdict; junkReason: string | null; lostReason: string | null
  amount: bigint | null; currency: string | null; cameInAt: Date; firstResponseAt: Date | null; lastContactAt: Date | null; nextStepAt: Date | null
  snoozedUntil: Date | null; isOpen: boolean; isImported: boolean; ofCustomer: boolean
  person: (Named & { title: string | null }) | null; company: (Named & { city: string | null }) | null; owner: Named | null
  channel: (Named & { kind: string }) | null; campaign: Named | null; source: Named; productLine: Named
}
export type QueueLead = LeadView & {
  reason: QueueReason; reasonAt: Date | null; attempt: number; restsUntil: Date | null; lost: { perHour: number; currency: string | null } | null
  calling: { id: string; name: string; until: Date } | null
  /** what was said of it last today, as the organisation calls it */
  outcome: Outcome | null; labels: Labels | null
}
type AmountFrom = 'expected' | 'cell' | 'line' | 'all' | 'expectations' | 'one'
/** What a lead's value lost per hour was made of when it was last valued. */
export type QueueWhyView = {
  perHour: number; currency: string | null; reason: DueReason; restsUntil: Date | null; valuedAt: Date
  factors: {
    amount: number; amountFrom: AmountFrom; chance: number; chanceFrom: { won: number; of: number; cell?: { cell: number; won: number; of: number; odds: number } | null }; attempts: number; attemptsLeave: number
    waitedMs: number | null; left: number; losing: number; callback: number; sla: number
  }
}

/** A number or an address as this person may see it, and as machines dial it; `key` names it when it is to be revealed. */
export type ReachView = { kind: 'phone' | 'email' | 'wechat'; shown: string; value: string; key: string; isMasked: boolean }
export type PersonView = { id: string; name: string; title: string | null; role: PersonRole; reach: ReachView[] }
export type InquiryView = { id: string; at: Date; externalId: string; receipt: string | null; isRepeat: boolean; source: string; message: string | null; answers: Record<string, unknown>; landingPage: string | null }
export type ChecklistView = Record<ChecklistItem, ChecklistAnswer>
export type LeadCardView = LeadView & {
  people: PersonView[]; checklist: ChecklistView; hasTwoWayContact: boolean; inquiries: InquiryView[]
  companyFacts: { name: string; industry: string | null; employees: number | null; city: string | null; domain: string | null; phones: ReachView[]; isCustomer: boolean } | null
}

type Entry = { id: string; at: Date; actor: string | null; actorId: string | null; actorKind: string | null }
export type TimelineEntryView = Entry & (
  | { kind: 'touch'; touch: TouchKind; verdict: string; channel: string | null; channelKind: string | null; campaign: string | null; said: { event: string | null; topic: string | null; page: string | null; minutes: number | null } }
  | { kind: 'inquiry'; source: string; message: string | null; receipt: string | null; isRepeat: boolean; person: string | null }
  | { kind: 'move'; from: Stage | null; to: Stage; reason: string | null; grade: Grade | null; amount: bigint | null; currency: string | null; isImported: boolean; undoes: string | null; isUndone: boolean }
  | { kind: 'change'; change: ChangeKind; before: string | null; after: string | null; reason: string | null }
  | { kind: 'mail'; subject: string | null; state: MailState; problem: MailProblem | null; person: string | null }
  | { kind: 'activity'; activity: ActivityKind; outcome: Outcome | null; note: string | null; nextStepAt: Date | null; person: string | null; undoneAt: Date | null; labels: { en: string | null; 'zh-CN': string | null } | null; direction: 'in' | 'out' | null; detail: ContactDetail | null; durationSeconds: number | null }
)
export type TimelineView = { days: { day: string; entries: TimelineEntryView[] }[]; names: Record<string, string> }

/** An outcome to choose from, as the organisation names it. */
export type OutcomeChoiceView = { id: string | null; outcome: Outcome; labels: { en: string | null; 'zh-CN': string | null } | null; nextStep: NextStepRule; isArchived: boolean }

/** What an action of a lead answers. */
export type Answer = { done?: unknown; refusal?: { code: string; params: Record<string, string | number> }; reply?: unknown }
