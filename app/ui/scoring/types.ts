type Named = { id: string; name: string }

/** What the criteria of a card may name, by id. */
export type ScoringNames = {
  fields: readonly { id: string; key: string; kind: string; labelEn: string; labelZh: string; choices: readonly { key: string; en: string; zh: string }[]; isArchived: boolean }[]
  channels: readonly Named[]; campaigns: readonly Named[]; sources: readonly Named[]; productLines: readonly Named[]
  questions: readonly string[]; industries: readonly string[]; countries: readonly string[]
}

/** How many leads have which two sums. */
export type Sums = readonly { fit: number; interest: number; leads: number }[]
