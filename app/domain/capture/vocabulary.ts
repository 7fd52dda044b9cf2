/** Value lists of capture. */
/** Connectors a platform can push to. */
export const pushConnectorNames = [
  'standard', 'google-ads', 'meta', 'linkedin', 'tiktok', 'oceanengine', 'tencent-ads', 'baidu', 'xiaohongshu', 'wecom', 'zoom', 'tencent-meeting', 'segment',
] as const
export type PushConnectorName = (typeof pushConnectorNames)[number]

/** Connectors whose messages are kept and mapped: those that are pushed to, forms, and platforms that can only be asked. */
export const mappedConnectorNames = [...pushConnectorNames, 'form', 'kuaishou'] as const
export type MappedConnectorName = (typeof mappedConnectorNames)[number]

/** Those somebody connects in the wizard. A form makes its own source. */
export const connectableNames = [...pushConnectorNames, 'kuaishou'] as const
export type ConnectableName = (typeof connectableNames)[number]

/** Every connector; those beyond the mapped ones are fed from inside. */
export const connectorNames = [...mappedConnectorNames, 'import', 'manual', 'partner-portal'] as const
export type ConnectorName = (typeof connectorNames)[number]

/** How a kept message came: pushed by the platform, fetched because a push named it, found in its list, or submitted in a form. */
export const ways = ['push', 'fetch', 'pull', 'form'] as const
export type Way = (typeof ways)[number]

/** Where a lead that must be fetched stands. */
export const fetchStates = ['waiting', 'not-permitted', 'gone', 'failed', 'done'] as const
export type FetchState = (typeof fetchStates)[number]

/** What became of a delivery. `stored` is the state before any outcome row exists. */
export const deliveryVerdicts = ['stored', 'processed', 'duplicate', 'test', 'unreadable', 'rejected'] as const
export type DeliveryVerdict = (typeof deliveryVerdicts)[number]

/** When an inquiry opens a lead of its own. */
export const leadRules = ['always', 'on_request', 'never'] as const
export type LeadRule = (typeof leadRules)[number]

export const sourceStatuses = ['active', 'paused'] as const
export type SourceStatus = (typeof sourceStatuses)[number]

export const importKinds = ['leads', 'outcomes'] as const
export type ImportKind = (typeof importKinds)[number]

/** Where a file stands: `checking`, `running` and `undoing` are the worker's turn, `checked` and `paused` the person's. */
export const importStates = ['checking', 'checked', 'running', 'paused', 'done', 'failed', 'undoing', 'undone'] as const
export type ImportState = (typeof importStates)[number]

/** Where a comparison with a platform's own list stands. */
export const reconciliationStates = ['waiting', 'running', 'done', 'failed'] as const
export type ReconciliationState = (typeof reconciliationStates)[number]

/** How the two lists differ: the platform has a lead that we have not, or we have one that it does not list. */
export const differenceKinds = ['missing', 'unknown'] as const
export type DifferenceKind = (typeof differenceKinds)[number]

/** What a source is watched for: nothing comes, a field vanished, messages are turned away or unreadable, the platform does not hand out. */
export const alarmKinds = ['silent', 'shape', 'rejecting', 'fetching'] as const
export type AlarmKind = (typeof alarmKinds)[number]

/** Where a form stands: before its first version, taking submissions, or put away. */
export const formStatuses = ['draft', 'published', 'archived'] as const
export type FormStatus = (typeof formStatuses)[number]

/** Fields a form knows by itself; each stands at most once in it, under its own name. */
export const builtInFields = [
  'full_name', 'given_name', 'family_name', 'company', 'title', 'email', 'mobile', 'phone', 'website', 'country', 'product', 'message',
] as const
export type BuiltInField = (typeof builtInFields)[number]
/** Kinds of fields somebody words themselves. */
export const customFieldKinds = ['short', 'long', 'choice', 'choices', 'number', 'date', 'hidden'] as const
export type CustomFieldKind = (typeof customFieldKinds)[number]
export const formFieldKinds = [...builtInFields, ...customFieldKinds] as const
export type FormFieldKind = (typeof formFieldKinds)[number]

/** What somebody's second submission becomes: an inquiry of its own, the first one filled up, or nothing. */
export const duplicateRules = ['inquiry', 'join', 'ignore'] as const
export type DuplicateRule = (typeof duplicateRules)[number]

/** What a consent is for; each is asked on its own. */
export const consentPurposes = ['privacy', 'mail', 'phone', 'im', 'ads', 'transfer'] as const
export type ConsentPurpose = (typeof consentPurposes)[number]

/** Where a submission stands. `quarantined` and `unconfirmed` are kept and are no lead. */
export const submissionStates = ['accepted', 'quarantined', 'unconfirmed', 'ignored', 'discarded'] as const
export type SubmissionState = (typeof submissionStates)[number]

/** Why a submission waits for a person. */
export const holdReasons = ['honeypot', 'too-fast', 'timing-forged', 'disposable-mail', 'links-in-name', 'many-links', 'same-text', 'known-bad'] as const
export type HoldReason = (typeof holdReasons)[number]

/** Where an answer may be sent by a source's own mapping. `keep` leaves it an answer, `request` says that somebody asks to be contacted. */
export const fieldTargets = [
  'keep', 'name', 'phone', 'email', 'company', 'title', 'website', 'industry', 'employees', 'country', 'region', 'city', 'productLine', 'message', 'request', 'ignore',
] as const
/** A field of the organisation's own is named by its key. */
export type FieldTarget = (typeof fieldTargets)[number] | `custom.${string}`
export const isOwnField = (target: string): target is `custom.${string}` => /^custom\.[a-z0-9_]{1,60}$/.test(target)
export type FieldRule = { question: string; field: FieldTarget }
export const mostFieldRules = 100

/** What a row of a file does to a field of a record that has a value already. `fill` is the rule where nobody said one. */
export const conflictRules = ['fill', 'overwrite', 'keep'] as const
export type ConflictRule = (typeof conflictRules)[number]
/** Fields of people and companies for which a rule may be chosen. */
export const ruledFields = ['full_name', 'title', 'industry', 'employees', 'country', 'region', 'city', 'note'] as const
