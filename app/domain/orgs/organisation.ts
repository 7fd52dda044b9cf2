import type { Id } from '~/lib/ids'
import type { Locale } from '~/lib/locales'
import { isLocale } from '~/lib/locales'
import type { organisations } from '~db/schema/orgs'

/** An organisation as pages and verbs know it. `timeZone` decides its days, `currency` its reports. */
export type Organisation = { id: Id<'org'>; name: string; locale: Locale; timeZone: string; currency: string; isDemo: boolean }

export const organisationIn = (row: typeof organisations.$inferSelect): Organisation => ({
  id: row.orgId, name: row.name, locale: isLocale(row.locale) ? row.locale : 'en', timeZone: row.timeZone, currency: row.currency, isDemo: row.isDemo,
})
