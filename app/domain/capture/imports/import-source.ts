import { randomBytes } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import { newId } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import { organisations, sources } from '~db/schema'
import { DomainError, type Context } from '../../kernel'

export type ImportSource = typeof sources.$inferSelect
export type ImportSettings = { source: ImportSource; timeZone: string; currency: string }

// Where numbers without a country code belong when nobody said so: the country of the organisation's money or zone.
const countryByCurrency: Readonly<Record<string, string>> = {
  CNY: 'CN', HKD: 'HK', TWD: 'TW', JPY: 'JP', KRW: 'KR', INR: 'IN', SGD: 'SG', USD: 'US', CAD: 'CA', AUD: 'AU', GBP: 'GB', EUR: 'DE', CHF: 'CH', BRL: 'BR',
}
const countryByZone: Readonly<Record<string, string>> = {
  'Europe/Paris': 'FR', 'Europe/Madrid': 'ES', 'Europe/Rome': 'IT', 'Europe/Vienna': 'AT', 'Europe/Amsterdam': 'NL', 'Europe/Brussels': 'BE',
}

/** The source that files of this organisation come in by, made on first use, and what decides days and money. */
export async function importSettings(tx: Tx, ctx: Context): Promise<ImportSettings> {
  const [org] = await tx.select().from(organisations)
  if (org === undefined) throw new DomainError('not-found')
  const source = (await knownSource(tx)) ?? (await makeSource(tx, ctx, countryByZone[org.timeZone] ?? countryByCurrency[org.currency] ?? 'US'))
  return { source, timeZone: org.timeZone, currency: org.currency }
}

async function knownSource(tx: Tx): Promise<ImportSource | undefined> {
  const [source] = await tx.select().from(sources).where(eq(sources.connector, 'import')).orderBy(asc(sources.createdAt)).limit(1)
  return source
}

async function makeSource(tx: Tx, ctx: Context, defaultCountry: string): Promise<ImportSource> {
  for (const name of ['Import', 'File import', `Import ${randomBytes(3).toString('hex')}`]) {
    const [made] = await tx.insert(sources).values({
      orgId: ctx.orgId, id: newId('src'), connector: 'import', name, key: randomBytes(24).toString('base64url'), leadRule: 'always', defaultCountry,
      settings: {}, status: 'active', createdAt: ctx.now,
    }).onConflictDoNothing().returning()
    if (made !== undefined) return made
    const other = await knownSource(tx)
    if (other !== undefined) return other
  }
  throw new DomainError('name-taken')
}
