/** Value lists of merging. */
export const mergeKinds = ['person', 'company'] as const
export type MergeKind = (typeof mergeKinds)[number]

/** Which of two a value is taken from. */
export const sides = ['kept', 'gone'] as const
export type Side = (typeof sides)[number]

/** What a merge lets one choose, field by field. Numbers, addresses and domains of both are kept. */
export const personFields = ['name', 'title', 'country', 'region', 'city'] as const
export type PersonField = (typeof personFields)[number]
export const companyFields = ['name', 'country', 'region', 'city', 'industry', 'employees'] as const
export type CompanyField = (typeof companyFields)[number]
export type MergeField = PersonField | CompanyField

/** Why a merge cannot be done as it stands: two owners, the later lead is further along, or a lead out of sight. */
export const mergeConflicts = ['owner', 'stage', 'hidden-lead'] as const
export type MergeConflict = (typeof mergeConflicts)[number]
