import type { MailProblem, MailState, MailVariable, SuppressionReason } from '~/domain/outreach/vocabulary'

type Locale = 'en' | 'zh-CN'
/** An address as this person may see it, and whether it wants mail. */
export type MailToView = { key: string; shown: string; isMasked: boolean; suppression: { reason: SuppressionReason; at: Date } | null }
/** All a composer shows of one lead: whom it may go to, the templates, and the text of the chosen one. */
export type MailDraftView = {
  people: { id: string; name: string; addresses: MailToView[] }[]
  personId: string | null
  templates: { id: string; name: string; locale: Locale }[]
  templateId: string | null
  text: { subject: string; body: string; missing: MailVariable[] }
  from: { name: string; address: string; replyTo: string }
  route: { leaves: boolean; isShown: boolean }
}
/** A mail as it was written; `said` is null once its person was erased. */
export type MailView = {
  id: string; leadId: string; state: MailState; problem: MailProblem | null; orderedAt: Date; sendAfter: Date; settledAt: Date | null; attempts: number
  person: string; sender: string; template: string | null; said: { address: string; subject: string; body: string } | null; mayCancel: boolean
}
