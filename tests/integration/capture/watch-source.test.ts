import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { createSource, dismissSourceAlarm, listSourceAlarms, pauseSource, pullSource, resumeSource, watchSource, watchSources } from '~/domain/capture'
import { systemContext } from '~/domain/kernel'
import { newId, toUuid, type Id } from '~/lib/ids'
import { sourceAlarms } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { standingCases } from '~tests/support/standing-cases'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { aStandardSource, rowsIn } from './a-source'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const MINUTE = 60_000
// NOON is a Wednesday, 4:00 UTC. The hours of work here are 1:00 to 9:00 UTC, 9 to 17 in Shanghai.
const midnight = new Date('2024-05-15T00:00:00Z').getTime()
const at = (day: number, hour: number, minute = 0) => new Date(midnight + day * DAY + hour * HOUR + minute * MINUTE)

type Told = { at: Date; verdict?: 'processed' | 'rejected' | 'unreadable' | 'duplicate'; body?: object; way?: string }

/** Messages as they were kept and judged. */
async function told({ orgId }: Pick<TestOrganisation, 'orgId'>, sourceId: Id<'src'>, messages: readonly Told[]): Promise<void> {
  const rows = messages.map(({ at: when, verdict = 'processed', body = { email: 'a@b.cn', phone: '1' }, way = 'push' }, i) => ({
    id: toUuid(newId('dlv', when)), outcome: toUuid(newId('dlo', when)), at: when.toISOString(), verdict, way, key: `k${when.getTime()}-${i}`, body: Buffer.from(JSON.stringify(body)).toString('base64'), status: verdict === 'rejected' ? 401 : 200,
  }))
  const [org, source] = [toUuid(orgId), toUuid(sourceId)]
  await asSuperuser(async (tx) => {
    const given = sql`json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, outcome uuid, at timestamptz, verdict text, way text, key text, body text, status integer)`
    await tx.execute(sql`insert into deliveries (org_id, id, source_id, connector, dedupe_key, body_sha256, body_bytes, reply_status, received_at, way)
      select ${org}::uuid, id, ${source}::uuid, 'standard', key, '', 1, status, at, way from ${given}`)
    await tx.execute(sql`insert into delivery_bodies (org_id, delivery_id, headers, body) select ${org}::uuid, id, '{}', decode(body, 'base64') from ${given} where verdict <> 'rejected'`)
    await tx.execute(sql`insert into delivery_outcomes (org_id, id, delivery_id, verdict, at) select ${org}::uuid, outcome, id, verdict, at from ${given}`)
  })
}

/** Five messages in each hour of work on every weekday of four weeks, until `end`. */
const history = (end: Date): Told[] => Array.from({ length: 29 }, (_, i) => i - 28).filter((day) => ![0, 6].includes(at(day, 0).getUTCDay()))
  .flatMap((day) => Array.from({ length: 40 }, (_, i) => ({ at: at(day, 1 + Math.floor(i / 5), (i % 5) * 12) }))).filter(({ at: when }) => when < end)

const watch = (org: TestOrganisation, sourceId: Id<'src'>, now: Date) => watchSource(systemContext(org.orgId, 'watch', now), { sourceId })
/** Every five minutes, as the schedule does, or every fifteen through a long night. */
async function watchUntil(org: TestOrganisation, sourceId: Id<'src'>, from: Date, until: Date, step = 5): Promise<string[]> {
  const noticed: string[] = []
  for (let now = from.getTime(); now <= until.getTime(); now += step * MINUTE) {
    const { alarms } = await watch(org, sourceId, new Date(now))
    if (alarms.join() !== (noticed.at(-1)?.split(' at ')[0] ?? '')) noticed.push(`${alarms.join()} at ${new Date(now).toISOString().slice(11, 16)}`)
  }
  return noticed
}
const events = async (org: TestOrganisation) => (await rowsIn<{ name: string; payload: object }>(org, 'outbox')).filter(({ name }) => name.startsWith('source.'))

describe('a source that goes silent', () => {
  it('alarms within working hours, not at night, and recovers with the next message', async () => {
    const org = await anOrganisation()
    const { sourceId } = await aStandardSource(org)
    // The last message came on Tuesday at 8:48; the night follows.
    await told(org, sourceId, history(at(-1, 9)))
    expect(await watchUntil(org, sourceId, at(-1, 8, 40), at(0, 1), 20)).toEqual([])
    // 795 messages of 28 days: ln(795) + 4 = 10.68. Missed since 8:48 on Tuesday: 1 (12 minutes of 5 an hour); 9.68 more take 116.1 minutes from 1:00.
    expect(await watchUntil(org, sourceId, at(0, 1), at(0, 3))).toEqual(['silent at 03:00'])
    const [alarm] = await listSourceAlarms(org.system, {})
    expect(alarm).toMatchObject({ source: { id: sourceId, name: 'Site form' }, kind: 'silent', since: at(-1, 8, 48), openedAt: at(0, 3), clearedAt: null, facts: { weekly: 200 } })
    expect(await watchUntil(org, sourceId, at(0, 3, 15), at(0, 4), 15)).toEqual(['silent at 03:15'])
    await told(org, sourceId, [{ at: at(0, 4, 1) }])
    expect(await watchUntil(org, sourceId, at(0, 4, 5), at(0, 4, 30))).toEqual([])
    expect(await listSourceAlarms(org.system, {})).toEqual([])
    expect(await listSourceAlarms(org.system, { open: false })).toMatchObject([{ kind: 'silent', clearedAt: at(0, 4, 5) }])
    expect((await events(org)).map(({ name, payload }) => [name, payload])).toEqual([
      ['source.alarmed', { sourceId, alarmId: alarm?.id }], ['source.recovered', { sourceId, alarmId: alarm?.id }],
    ])
    expect((await rowsIn<{ action: string }>(org, 'audit_entries')).filter(({ action }) => action === 'source.watch')).toHaveLength(2)
  })

  it('is quiet while it is paused, when it is new, and after we were away', async () => {
    const org = await anOrganisation()
    const { sourceId } = await aStandardSource(org)
    await told(org, sourceId, history(at(-1, 9)).slice(-19))
    expect(await watchUntil(org, sourceId, at(0, 1), at(0, 9), 15)).toEqual([])
    const other = await aStandardSource(org, { name: 'Other' })
    await told(org, other.sourceId, history(at(-1, 9)))
    // Nobody looked for the two silent hours: what was missed then does not count.
    await watch(org, other.sourceId, at(0, 1))
    expect((await watch(org, other.sourceId, at(0, 4))).alarms).toEqual([])
    await pauseSource(org.system, { sourceId: other.sourceId })
    expect((await watch(org, other.sourceId, at(0, 4, 5))).alarms).toEqual([])
    await resumeSource(org.system, { sourceId: other.sourceId })
    expect(await watchUntil(org, other.sourceId, at(0, 8), at(0, 9), 15)).toEqual([])
  })

  it('counts from now on once somebody says that it is well', async () => {
    const org = await anOrganisation()
    const { sourceId } = await aStandardSource(org)
    await told(org, sourceId, history(at(-1, 9)))
    await watch(org, sourceId, at(0, 0, 45))
    await watchUntil(org, sourceId, at(0, 1), at(0, 3, 15), 15)
    const [alarm] = await listSourceAlarms(org.system, { sourceId })
    if (!alarm) throw new Error('no alarm')
    await dismissSourceAlarm(systemContext(org.orgId, 'test', at(0, 3, 15)), { alarmId: alarm.id })
    await dismissSourceAlarm(systemContext(org.orgId, 'test', at(0, 3, 16)), { alarmId: alarm.id })
    expect(await watchUntil(org, sourceId, at(0, 3, 20), at(0, 4))).toEqual([])
    expect((await rowsIn<{ action: string }>(org, 'audit_entries')).filter(({ action }) => action === 'source.dismiss-alarm')).toHaveLength(1)
    expect((await events(org)).map(({ name }) => name)).toEqual(['source.alarmed', 'source.recovered'])
  })
})

describe('a source that changes', () => {
  it('alarms when a field that was always there is gone, until it is back or accepted', async () => {
    const org = await anOrganisation()
    const { sourceId } = await aStandardSource(org)
    const full = { id: 'x', answers: [{ question: 'Budget', answer: '10k' }], phone: '1' }
    await told(org, sourceId, Array.from({ length: 60 }, (_, i) => ({ at: at(-2, 1, i), body: full })))
    expect((await watch(org, sourceId, at(-2, 3))).alarms).toEqual([])
    await told(org, sourceId, Array.from({ length: 10 }, (_, i) => ({ at: at(-2, 3, i + 1), body: { id: 'x', phone: '1', answers: [{ question: 'Budget', answer: '' }] } })))
    expect((await watch(org, sourceId, at(-2, 3, 15))).alarms).toEqual(['shape'])
    const [alarm] = await listSourceAlarms(org.system, {})
    expect(alarm).toMatchObject({ kind: 'shape', since: at(-2, 3, 1), facts: { missing: ['answers[Budget]'] } })
    await dismissSourceAlarm(systemContext(org.orgId, 'test', at(-2, 3, 16)), { alarmId: alarm?.id ?? 'alm_' as Id<'alm'> })
    expect((await watch(org, sourceId, at(-2, 3, 20))).alarms).toEqual([])
    expect((await watch(org, sourceId, at(-2, 12))).alarms).toEqual([])
  })

  it('alarms when messages are turned away or unreadable', async () => {
    const org = await anOrganisation()
    const { sourceId } = await aStandardSource(org)
    await told(org, sourceId, Array.from({ length: 30 }, (_, i) => ({ at: at(-2, 1, i) })))
    expect((await watch(org, sourceId, at(-2, 1, 40))).alarms).toEqual([])
    await told(org, sourceId, Array.from({ length: 10 }, (_, i) => ({ at: at(-2, 1, 41 + i), verdict: i % 2 === 0 ? 'rejected' as const : 'unreadable' as const })))
    // Before the first look nothing counts, so of the last twenty only these ten do.
    expect((await watch(org, sourceId, at(-2, 1, 55))).alarms).toEqual(['rejecting'])
    expect(await listSourceAlarms(org.system, {})).toMatchObject([{ kind: 'rejecting', since: at(-2, 1, 41), facts: { bad: 10, of: 10 } }])
    await told(org, sourceId, Array.from({ length: 15 }, (_, i) => ({ at: at(-2, 1, 56 + i) })))
    expect((await watch(org, sourceId, at(-2, 2, 14))).alarms).toEqual([])
  })

  it('alarms when its platform does not hand out its list', async () => {
    const org = await anOrganisation()
    const { sourceId } = await createSource(org.system, { connector: 'kuaishou', name: 'Kuaishou', keys: { access_token: 'x', advertiser_id: 'none' } })
    await pullSource(org.system, { sourceId })
    expect((await watch(org, sourceId, new Date(NOON.getTime() + 5 * MINUTE))).alarms).toEqual(['fetching'])
    expect(await listSourceAlarms(org.system, {})).toMatchObject([{ kind: 'fetching', since: NOON, facts: { problem: 'not-permitted', waiting: 0 } }])
  })

  it('is found across organisations, and one that fails stops only itself', async () => {
    const [one, two] = [await anOrganisation(), await anOrganisation()]
    const sources = [await aStandardSource(one), await aStandardSource(two)]
    await pauseSource(two.system, { sourceId: (await aStandardSource(two, { name: 'Paused' })).sourceId })
    expect(await watchSources(NOON)).toBeGreaterThanOrEqual(2)
    const looked = [...(await rowsIn<{ source_id: string }>(one, 'source_watches')), ...(await rowsIn<{ source_id: string }>(two, 'source_watches'))]
    expect(looked.map(({ source_id: id }) => id).sort()).toEqual(sources.map(({ sourceId }) => toUuid(sourceId)).sort())
  })
})

const oneSource = async (owner: TestOrganisation) => ({ sourceId: (await aStandardSource(owner)).sourceId })
const oneAlarm = async (owner: TestOrganisation) => {
  const { sourceId } = await oneSource(owner)
  const alarmId = newId('alm')
  await asSuperuser((tx) => tx.insert(sourceAlarms).values({ orgId: owner.orgId, id: alarmId, sourceId, kind: 'silent', since: NOON, facts: {}, openedAt: NOON }))
  return { alarmId }
}
standingCases(watchSource, { input: oneSource })
standingCases(dismissSourceAlarm, { input: oneAlarm })
standingCases(listSourceAlarms, { input: async (owner) => { await oneAlarm(owner); return {} }, foreign: (alarms) => expect(alarms).toEqual([]) })
