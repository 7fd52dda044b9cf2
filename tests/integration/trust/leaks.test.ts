import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'

// Before anything is imported: every line of the log of this process is kept here.
const { lines } = vi.hoisted(() => {
  process.env['LOG_LEVEL'] = 'trace'
  return { lines: [] as string[] }
})
vi.mock('pino', async (original) => {
  const real = await original<typeof import('pino')>()
  const kept = { write: (line: string) => void lines.push(line) }
  return { ...real, pino: Object.assign((options: object) => real.pino(options, kept), real.pino) }
})

import { createAccount } from '~/domain/auth'
import { receiveDelivery, uploadImport } from '~/domain/capture'
import { inviteMember } from '~/domain/orgs'
import { newId } from '~/lib/ids'
import { keptMails, settleMail } from '~/platform/mail'
import { log } from '~/platform/log'
import { runJob, type JobPayload } from '~jobs/run-job'
import { aStandardSource, rowsIn } from '~tests/integration/capture/a-source'
import { asSuperuser } from '~tests/support/database'
import { useCommittedRows } from '~tests/support/committed-rows'
import { ask } from './site'
import { aSession, aTrustWorld, type World } from './world'

useCommittedRows()
process.env['CLEW_DATA_DIR'] = mkdtempSync(join(tmpdir(), 'clew-leaks-'))

const run = newId('org').slice(-10)
/** One of each kind of personal detail and secret, all of them unmistakable. */
const canaries = {
  name: `Canaryname${run}`, mail: `canarymail${run}@canary-mail-${run}.com`, phone: '13912345678', phoneE164: '+8613912345678', company: `Canarycompany${run}`, message: `canarymessage${run}`, wechat: `canarywechat${run}`, answer: `canaryanswer${run}`,
  password: `canary password ${run} long`, wrong: `canary wrong ${run} words`, invited: `canaryinvited${run}@canary-inv-${run}.com`, note: `canarynote${run}`, imported: `Canaryimported${run}`, member: `canarymember${run}`,
}
let a: World
const secrets: string[] = []
const errors: string[] = []

async function rowsOfTable(table: string): Promise<string> {
  return JSON.stringify(await rowsIn(a.org, table))
}

beforeAll(async () => {
  a = await aTrustWorld(`cnry_L_${run}`)
  const now = new Date()
  const system = { ...a.org.system, now }
  const source = await aStandardSource(a.org, { name: 'Leaks' })
  const { cookie, token } = await aSession(a.people.admin.userId)
  secrets.push(token, cookie, source.secret, source.sourceKey)
  const keepError = async (answer: Response) => { if (answer.status >= 400) errors.push(`${JSON.stringify([...answer.headers])} ${await answer.text()}`) }

  // A lead: kept, duplicated, rejected, processed by its job, worked on, exported.
  const lead = { data: { external_id: '1', full_name: canaries.name, email: canaries.mail, phone: canaries.phone, company: canaries.company, message: canaries.message, wechat: canaries.wechat, q: canaries.answer } }
  await source.post(lead, { id: 'one' })
  await source.post(lead, { id: 'one' })
  await source.post(lead, { id: 'two', secret: `whsec_${'A'.repeat(44)}` })
  await keepError(await ask(`/api/hooks/standard/${source.sourceKey}`, { body: JSON.stringify(lead), headers: { 'content-type': 'application/json', 'webhook-id': canaries.mail } }))
  for (const event of await rowsIn<{ id: string; name: JobPayload['name']; payload: never }>(a.org, 'outbox')) {
    if (event.name !== 'delivery.received') continue
    const { fromUuid } = await import('~/lib/ids')
    await runJob({ data: { orgId: a.org.orgId, id: fromUuid('evt', event.id), name: event.name, payload: event.payload, requestId: null, handler: 'process-delivery' }, attemptsMade: 0, opts: { attempts: 8 } })
  }
  const [row] = await asSuperuser((tx) => tx.execute<{ id: string }>(sql`select lead_id as id from inquiries where external_id = '1' and org_id = (select org_id from sources where key = ${source.sourceKey})`))
  const { fromUuid } = await import('~/lib/ids')
  const leadId = fromUuid('lead', row?.id ?? '')
  await keepError(await ask(`/leads/${leadId}/notes.data`, { form: { note: canaries.note }, headers: { cookie } }))
  await keepError(await ask(`/leads/${leadId}/stage.data`, { form: { to: 'won', reason: canaries.note }, headers: { cookie } }))
  await keepError(await ask('/leads/export', { headers: { cookie } }))
  await keepError(await ask(`/leads?stage=none&q=${canaries.name}`, { headers: { cookie } }))

  // Sign-in, right and wrong; a reset; an invitation; a file.
  const email = `${canaries.member}@example.com`
  await createAccount({ name: canaries.member, email, password: canaries.password }, now)
  await keepError(await ask('/sign-in', { form: { email, password: canaries.wrong } }))
  const signedIn = await ask('/sign-in', { form: { email, password: canaries.password } })
  secrets.push(...signedIn.headers.getSetCookie().map((line) => decodeURIComponent((line.split(';')[0] ?? '').split('=').slice(1).join('='))).filter((value) => value.length > 20))
  await keepError(await ask('/forgot', { form: { email } }))
  await inviteMember(system, { email: canaries.invited, role: 'rep', teamId: null })
  await settleMail()
  for (const mail of await keptMails()) secrets.push(...[...mail.text.matchAll(/\/(?:reset|invitations)\/([\w-]{20,})/g)].map(([, link = '']) => link))
  await keepError(await ask(`/reset/${'x'.repeat(24)}`, { form: { password: canaries.password } }))
  await uploadImport(system, { kind: 'leads', fileName: `${canaries.imported}.csv`, content: Buffer.from(`id,name,phone\n1,${canaries.imported},${canaries.phone}\n`) })
  for (const event of await rowsIn<{ id: string; name: JobPayload['name']; payload: never }>(a.org, 'outbox')) {
    if (event.name !== 'import.requested') continue
    await runJob({ data: { orgId: a.org.orgId, id: fromUuid('evt', event.id), name: event.name, payload: event.payload, requestId: null, handler: 'run-import' }, attemptsMade: 0, opts: { attempts: 8 } })
  }

  // What goes wrong is logged with its error: the database's own words hold values.
  const { database } = await import('~db/client.server')
  const broken = await database().transaction((tx) => tx.execute(sql`select ${canaries.name}::integer, ${canaries.mail}::text`)).catch((error: unknown) => error)
  log.error({ err: broken }, 'a statement failed')
  log.warn({ err: new Error(`refused ${canaries.mail} and ${canaries.phoneE164}`), email: canaries.mail, body: canaries.message, headers: { cookie } }, `about ${canaries.mail}`)
  await receiveDelivery({ connector: 'standard', sourceKey: source.sourceKey, raw: Buffer.from(JSON.stringify(lead)), headers: { 'webhook-id': 'x'.repeat(20), 'webhook-timestamp': 'never', 'webhook-signature': canaries.mail }, query: new URLSearchParams(), requestId: 'leaks', now: new Date(Number.NaN) }).catch(() => undefined)
  const bad = { data: { orgId: a.org.orgId, id: newId('evt'), name: 'delivery.received' as const, payload: { deliveryId: 'dlv_none' } as never, requestId: null, handler: 'process-delivery' as const }, attemptsMade: 0, opts: { attempts: 8 } }
  errors.push(String(await runJob(bad).catch((error: unknown) => error)))
}, 60_000)
afterAll(() => vi.restoreAllMocks())

const personal = () => Object.entries(canaries)
const found = (text: string, values: readonly (readonly [string, string])[]) => values.filter(([, value]) => text.includes(value) || text.includes(encodeURIComponent(value)) || text.includes(Buffer.from(value).toString('base64').slice(2, -4))).map(([name]) => name)

it('the flows ran and left what can be looked through', async () => {
  expect(lines.length).toBeGreaterThan(10)
  expect(secrets.length).toBeGreaterThan(6)
  expect(errors.length).toBeGreaterThan(5)
  expect(found(await rowsOfTable('people'), personal())).toContain('name')
  expect(found(JSON.stringify(await keptMails()), [['invited', canaries.invited]])).toEqual(['invited'])
})

it('logs: no person, no secret', () => {
  const hits = lines.map((line) => [found(line, [...personal(), ...secrets.map((value, at) => [`secret ${String(at)}`, value] as const)]), line] as const).filter(([names]) => names.length > 0)
  expect(hits.map(([names, line]) => `${names.join()} in ${line.slice(0, 400)}`)).toEqual([])
})

it('outbox, receipts and job data: ids and facts only', async () => {
  const text = (await rowsOfTable('outbox')) + (await rowsOfTable('outbox_receipts'))
  expect(text.length).toBeGreaterThan(500)
  expect(found(text, [...personal(), ...secrets.map((value, at) => [`secret ${String(at)}`, value] as const)])).toEqual([])
})

it('audit: digests, no contents', async () => {
  const text = await rowsOfTable('audit_entries')
  expect(text.length).toBeGreaterThan(1_000)
  expect(found(text, [...personal(), ...secrets.map((value, at) => [`secret ${String(at)}`, value] as const)])).toEqual([])
})

it('tables that are never erased hold nobody', async () => {
  for (const table of ['deliveries', 'delivery_outcomes', 'delivery_keys', 'lead_changes', 'ownership_changes', 'assignment_receipts', 'stage_moves', 'touches']) {
    expect(found(await rowsOfTable(table), personal()), table).toEqual([])
  }
})

it('metrics', async () => {
  const { metricsText } = await import('~/domain/operations')
  const { text } = await metricsText()
  expect(text.length).toBeGreaterThan(500)
  expect(found(text, [...personal(), ...secrets.map((value, at) => [`secret ${String(at)}`, value] as const)])).toEqual([])
})

it('error answers say nothing of a person but what the caller just typed into the page', () => {
  const typed = new Set(['note', 'name', 'member'])
  const hits = errors.map((text) => found(text, personal()).filter((name) => !typed.has(name)).concat(found(text, secrets.map((value, at) => [`secret ${String(at)}`, value] as const))))
  expect(hits.flat()).toEqual([])
})

it('secrets at rest are sealed or hashed', async () => {
  const everything = await asSuperuser(async (tx) => {
    const tables = await tx.execute<{ name: string }>(sql`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'auth') and c.relkind = 'r'`)
    const texts: string[] = []
    for (const { name } of tables) for (const row of await tx.execute(sql.raw(`select t::text as t from ${name} t`))) texts.push(String((row as { t: string }).t))
    return texts.join('\n')
  })
  // The session's own secret is the key of its row (better-auth), and the source's address is no secret.
  const own = secrets.filter((value) => !everything.includes(`,${value},`) || value.startsWith('whsec_'))
  expect(found(everything, own.map((value, at) => [`secret ${String(at)}`, value] as const))).toEqual([])
  expect(everything.includes(canaries.password)).toBe(false)
})

