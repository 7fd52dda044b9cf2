/** Value lists of leads. The order of `stages` is the order of the funnel. */
export const stages = ['inquiry', 'qualified', 'graded', 'won', 'lost'] as const
export type Stage = (typeof stages)[number]

export const grades = ['A', 'B', 'C', 'D'] as const
export type Grade = (typeof grades)[number]

/** A verdict, not a stage: junk leaves stage rates, never spend. */
export const verdicts = ['valid', 'junk'] as const
export type Verdict = (typeof verdicts)[number]

export const junkReasons = ['spam', 'test', 'wrong_number', 'competitor', 'out_of_area', 'job_seeker', 'other'] as const
export type JunkReason = (typeof junkReasons)[number]

export const lostReasons = ['no_need', 'no_reply', 'budget', 'price', 'competitor', 'timing', 'authority', 'duplicate', 'other'] as const
export type LostReason = (typeof lostReasons)[number]

/** Why a lead went back, or came back from lost. Codes, because moves are never erased. */
export const returnReasons = ['mistake', 'need_gone', 'stalled', 'deal_cancelled', 'came_back', 'other'] as const
export type ReturnReason = (typeof returnReasons)[number]

/** Why an amount or a grade was put right after the fact. */
export const correctionReasons = ['typo', 'contract_changed', 'other'] as const

/** Why somebody says a lead changes hands. */
export const ownerReasons = ['assigned', 'workload', 'region', 'language', 'absence', 'returned', 'other'] as const
export type OwnerReason = (typeof ownerReasons)[number]

/** All that may stand in the history of owners: what people say, and what Clew itself does. */
export const movingReasons = [
  ...ownerReasons, 'claimed', 'no_first_contact', 'no_contact', 'held_too_long', 'left', 'merged', 'split', 'source', 'rule', 'sla_breached', 'cannot_reach', 'wrong_area', 'no_need_now', 'too_many',
] as const
export type MovingReason = (typeof movingReasons)[number]
/** Who or what moved it. */
export const ownershipWays = ['hand', 'rule', 'claim', 'return', 'recycle', 'bulk', 'import', 'api', 'timer', 'handover'] as const
export type OwnershipWay = (typeof ownershipWays)[number]

/** Why a rep gives a lead back to the pool. */
export const givingBackReasons = ['cannot_reach', 'wrong_area', 'language', 'no_need_now', 'too_many', 'other'] as const
export type GivingBackReason = (typeof givingBackReasons)[number]

/** Who belongs to a pool, and as what: who claims from it, who gives leads out of it. */
export const poolSubjects = ['member', 'team'] as const
export const poolRoles = ['claims', 'administers'] as const
export type PoolRole = (typeof poolRoles)[number]

export const personRoles = ['decision_maker', 'user', 'buyer', 'influencer', 'contact'] as const
export type PersonRole = (typeof personRoles)[number]

/** 跟进结果: the outcome of a contact attempt. Those of `twoWayOutcomes` are a two-way contact; `sent` is a mail that nobody has answered yet. */
export const outcomes = ['connected', 'no_answer', 'busy', 'wrong_number', 'callback', 'wechat_added', 'replied', 'met', 'sent'] as const
export type Outcome = (typeof outcomes)[number]
export const twoWayOutcomes: ReadonlySet<Outcome> = new Set<Outcome>(['connected', 'replied', 'met'])

export const activityKinds = ['call', 'email', 'wechat', 'message', 'meeting', 'note'] as const
export type ActivityKind = (typeof activityKinds)[number]

export const checklistAnswers = ['yes', 'no', 'unknown'] as const
export type ChecklistAnswer = (typeof checklistAnswers)[number]
export const checklistItems = ['need', 'budget', 'authority', 'timing'] as const
export type ChecklistItem = (typeof checklistItems)[number]

export const touchKinds = ['form', 'ad_click', 'page_view', 'webinar', 'call', 'email', 'scan', 'wechat', 'referral', 'import', 'event'] as const
export type TouchKind = (typeof touchKinds)[number]

export const touchVerdicts = ['human', 'machine', 'unsure'] as const
export type TouchVerdict = (typeof touchVerdicts)[number]

export const revenueKinds = ['signed', 'received', 'renewal', 'upsell', 'refund'] as const
export type RevenueKind = (typeof revenueKinds)[number]

export const taxBases = ['net', 'gross', 'unstated'] as const

/** Changes of a lead that are no moves of its stage. */
export const changeKinds = ['owner', 'verdict', 'snooze', 'checklist', 'role', 'separate', 'field'] as const
export type ChangeKind = (typeof changeKinds)[number]

/** Ways of reaching somebody; a note is an activity, but nobody was reached by it. */
export const contactKinds = ['call', 'email', 'wechat', 'message', 'meeting'] as const
export type ContactKind = (typeof contactKinds)[number]

/** Where a rep's open leads stand: due now, resting until later, done today. */
export const queueTabs = ['now', 'later', 'done'] as const
export type QueueTab = (typeof queueTabs)[number]

/** Why a lead stands where it stands in the queue. */
export const dueReasons = ['sla_breached', 'sla_due', 'callback', 'fresh', 'retry', 'back', 'open'] as const
export type DueReason = (typeof dueReasons)[number]
export const queueReasons = [...dueReasons, 'later', 'done'] as const
export type QueueReason = (typeof queueReasons)[number]

/** The two readings of a funnel: leads that came in, or what happened. */
export const funnelViews = ['cohort', 'activity'] as const
export type FunnelView = (typeof funnelViews)[number]

/** Stages a lead may ever have reached; a skip forward implies those before. */
export const reachable = ['inquiry', 'qualified', 'graded', 'won'] as const
export type Reachable = (typeof reachable)[number]

/** From us to them, or from them to us. */
export const directions = ['out', 'in'] as const
export type Direction = (typeof directions)[number]

/** What of a kind it was: adding somebody on WeChat asked or accepted, or by which messenger. */
export const contactDetails = ['asked', 'accepted', 'message', 'sms', 'whatsapp', 'other'] as const
export type ContactDetail = (typeof contactDetails)[number]
export const detailsOf: Partial<Record<ActivityKind, readonly ContactDetail[]>> = { wechat: ['asked', 'accepted', 'message'], message: ['sms', 'whatsapp', 'other'] }

/** What a disposition proposes as the next step. */
export const nextStepRules = ['none', 'hour', 'tomorrow', 'days3'] as const
export type NextStepRule = (typeof nextStepRules)[number]

/** Today's six: what an organisation has that made no list of its own. Keys 1 to 6 take them in this order. */
export const usualOutcomes = [
  { outcome: 'connected', counts: true, isTwoWay: true, nextStep: 'days3' },
  { outcome: 'no_answer', counts: true, isTwoWay: false, nextStep: 'tomorrow' },
  { outcome: 'busy', counts: true, isTwoWay: false, nextStep: 'hour' },
  { outcome: 'wrong_number', counts: true, isTwoWay: false, nextStep: 'none' },
  { outcome: 'callback', counts: true, isTwoWay: false, nextStep: 'tomorrow' },
  { outcome: 'wechat_added', counts: true, isTwoWay: false, nextStep: 'days3' },
] as const satisfies readonly { outcome: Outcome; counts: boolean; isTwoWay: boolean; nextStep: NextStepRule }[]

/** A callback is what a contact left behind; the others somebody wrote down. */
export const taskKinds = ['callback', 'call', 'mail', 'meeting', 'other'] as const
export type TaskKind = (typeof taskKinds)[number]
/** How a filter's field is asked about: which operators it has, and what its values are. */
export const filterOps = {
  choice: ['is', 'not', 'empty', 'set'],
  named: ['is', 'not', 'empty', 'set'],
  time: ['in', 'last', 'next', 'ago', 'from', 'to', 'between', 'empty', 'set'],
  money: ['over', 'under', 'empty', 'set'],
  number: ['eq', 'over', 'under', 'empty', 'set'],
  text: ['has', 'is', 'empty', 'set'],
  flag: ['yes', 'no'],
  wait: ['none', 'any', 'over'],
  search: ['has'],
} as const
export type FilterKind = keyof typeof filterOps
export type FilterOp = (typeof filterOps)[FilterKind][number]

/** Whether the first answer came within the time that was promised. */
export const promises = ['kept', 'missed'] as const

/** What lists can be filtered by, beside custom fields. */
export const filterFields = {
  stage: 'choice', verdict: 'choice', owner: 'named', team: 'named', kind: 'choice', channel: 'named', campaign: 'named', source: 'named', line: 'named',
  came_in: 'time', contact: 'time', next: 'time', won: 'time', grade: 'choice', cell: 'choice', fit: 'choice', interest: 'choice', amount: 'money', country: 'choice', customer: 'flag', resting: 'flag',
  response: 'wait', sla: 'choice', hour: 'number', name: 'search',
} as const satisfies Record<string, FilterKind>
export type FilterField = keyof typeof filterFields

/** Kinds of custom fields, and how each is filtered. */
export const fieldKinds = ['text', 'long_text', 'number', 'money', 'date', 'choice', 'multi_choice', 'boolean', 'url'] as const
export type FieldKind = (typeof fieldKinds)[number]
export const filterKindOf: Record<FieldKind, FilterKind> = {
  text: 'text', long_text: 'text', url: 'text', number: 'number', money: 'money', date: 'time', choice: 'choice', multi_choice: 'choice', boolean: 'flag',
}

/** Orders by names: sorted when asked for, so of ten thousand leads at most. */
export const namedSorts = ['name', 'company', 'owner'] as const
/** Orders a list can stand in; each of the others has an index of its own. */
export const sortNames = ['came_in', 'contact', 'next', 'won', 'amount', 'grade', 'cell', ...namedSorts] as const
export type SortName = (typeof sortNames)[number]

export const groupings = ['stage', 'owner', 'channel', 'cell'] as const
export type Grouping = (typeof groupings)[number]

/** Fields of a lead that a list edits in place, beside custom fields. */
export const editableFields = ['owner', 'next', 'grade', 'amount'] as const
export type EditableField = (typeof editableFields)[number]
/** Moments of a next step that can be chosen with one press. */
export const stepIds = ['hour', 'today', 'tomorrow', 'days3', 'days7', 'none'] as const
export type StepId = (typeof stepIds)[number]
