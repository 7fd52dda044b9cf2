/** Value lists of capture. */
export const connectorNames = ['standard', 'google-ads', 'import', 'manual', 'partner-portal'] as const
export type ConnectorName = (typeof connectorNames)[number]

/** Connectors a platform can push to; the others are fed from inside. */
export const pushConnectorNames = ['standard', 'google-ads'] as const
export type PushConnectorName = (typeof pushConnectorNames)[number]

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

/** Where an uploaded file stands: `checking` and `running` are the worker's turn, `checked` is the person's. */
export const importStates = ['checking', 'checked', 'running', 'done', 'failed'] as const
export type ImportState = (typeof importStates)[number]
