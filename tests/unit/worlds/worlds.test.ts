import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { mappedConnectorNames, type MappedConnectorName } from '~/domain/capture/vocabulary'
import { connectorOf } from '~/domain/capture/connectors/registry'
import { easterOf, holidaysOfChina, holidaysOfHamburg } from '~db/seeds/worlds/holidays'
import { isWorkingAt } from '~/lib/working-time'
import { tell, worlds, type ToldWorld, type WorldRows } from '~db/seeds/worlds'

const end = new Date('2026-06-30T15:00:00Z')
const tellAgain = (index: number, leads?: number): ToldWorld => {
  const world = worlds[index]
  if (world === undefined) throw new Error('no such world')
  return tell(leads === undefined ? world : { ...world, leads, accounts: [] }, { orgId: 'org_01h455vb4pex5vsknk084sn02q', end, region: 'eu', userIds: new Map() })
}
const all = [tellAgain(0), tellAgain(1)]
const told = (index: number): WorldRows => {
  const rows = all[index]?.rows
  if (rows === undefined) throw new Error('no such world')
  return rows
}
const digest = (rows: WorldRows) => createHash('sha256').update(JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).digest('hex')

const isMapped = (name: string): name is MappedConnectorName => (mappedConnectorNames as readonly string[]).includes(name)
const wholeDays = Array.from({ length: 7 }, (_, day) => (day < 5 ? [{ from: 9 * 60, to: 18 * 60 }] : []))

describe('the told worlds', () => {
  it('are the same every time', () => {
    expect(digest(tellAgain(0, 400).rows)).toBe(digest(tellAgain(0, 400).rows))
    expect(digest(tellAgain(0, 400).rows)).not.toBe(digest(tellAgain(1, 400).rows))
  })

  it('are what the README says: 2 organisations, 12 channels each, 5,000 leads, 3 currencies, 6 months', () => {
    const all = [told(0), told(1)]
    expect(all.map((rows) => rows.channels.length)).toEqual([12, 12])
    expect(all.reduce((sum, rows) => sum + rows.leads.length, 0)).toBe(5_000)
    expect(new Set(all.flatMap((rows) => rows.revenueLines.map((line) => line.currency)))).toEqual(new Set(['CNY', 'EUR', 'USD']))
    const first = Math.min(...all.flatMap((rows) => rows.leads.map((lead) => lead.cameInAt.getTime())))
    expect((end.getTime() - first) / 86_400_000).toBeGreaterThan(170)
  })

  it('have one person per role who signs in', () => {
    for (const world of worlds) expect(world.members.filter((one) => one.signsIn).map((one) => one.role).sort()).toEqual(['admin', 'manager', 'marketer', 'partner', 'rep'])
  })

  it('never tell of the future, nor of stages out of order', () => {
    for (const rows of [told(0), told(1)]) {
      expect(rows.leads.every((lead) => lead.cameInAt < end)).toBe(true)
      expect(rows.stageMoves.every((move) => move.at <= end)).toBe(true)
      expect(rows.activities.every((activity) => activity.at < end)).toBe(true)
      for (const stage of rows.leadStages) {
        const times = [stage.qualifiedAt, stage.gradedAt, stage.wonAt].filter((at): at is Date => at instanceof Date).map((at) => at.getTime())
        expect(times).toEqual([...times].sort((a, b) => a - b))
      }
    }
  })

  it('give every lead its owner by the published rules, and say so in one receipt', () => {
    for (const { rows, rules } of all) {
      expect(rows.assignmentReceipts.map(({ leadId }) => leadId)).toEqual(rows.leads.map(({ id }) => id))
      expect(new Set(rows.assignmentReceipts.map(({ rule }) => rule))).toEqual(new Set([null, ...rules.rules.map(({ key }) => key)]))
      // A place is either the first owner's or the pool's, and the last change of owner says whose the lead is now.
      const last = new Map(rows.ownershipChanges.map(({ leadId, toId }) => [leadId, toId]))
      for (const { id, ownerId } of rows.leads) expect(last.get(id) ?? null).toBe(ownerId ?? null)
    }
  })

  it('show a pool with reasons, holds that are not over, and callbacks in the hours of work', () => {
    for (const { rows, house } of all) {
      const pooled = rows.leads.filter(({ isOpen, ownerId }) => isOpen === true && ownerId === null)
      expect(pooled.length / rows.leads.length).toBeGreaterThan(0.03)
      expect(pooled.length / rows.leads.length).toBeLessThan(0.15)
      expect(new Set(rows.ownershipChanges.map(({ way }) => way))).toEqual(new Set(['rule', 'recycle', 'return', 'claim']))
      expect(rows.leads.every(({ isOpen, ownerId, recycleAt }) => recycleAt == null || (isOpen === true && ownerId !== null && recycleAt > end))).toBe(true)
      expect(rows.ownershipChanges.every(({ at }) => at <= end)).toBe(true)
      for (const { kind, dueAt } of rows.tasks) if (kind === 'callback') expect(isWorkingAt(dueAt, { ...house.calendar, week: wholeDays })).toBe(true)
      const overdue = rows.tasks.filter(({ dueAt }) => dueAt < end).length
      expect(overdue / rows.tasks.length).toBeLessThan(0.3)
      expect(rows.tasks.some(({ kind }) => kind !== 'callback')).toBe(true)
    }
  })

  it('hold messages that the connectors read as the very inquiry, so that a replay finds what is there', () => {
    const read = new Set<string>()
    for (const { rows } of all) {
      expect(new Set(rows.identities.map(({ kind, value }) => `${kind} ${value}`)).size).toBe(rows.identities.length)
      const bodies = new Map(rows.deliveryBodies.map((each) => [each.deliveryId, each.body]))
      const deliveries = new Map(rows.deliveries.map((each) => [each.id, each]))
      const kinds = new Map(rows.identities.map(({ personId, kind, value }) => [`${personId} ${kind}`, value]))
      for (const inquiry of rows.inquiries) {
        const delivery = inquiry.deliveryId == null ? undefined : deliveries.get(inquiry.deliveryId)
        const body = delivery === undefined ? undefined : bodies.get(delivery.id)
        if (delivery === undefined || body === undefined || !isMapped(delivery.connector)) continue
        read.add(delivery.connector)
        const mapped = connectorOf(delivery.connector).map({ raw: body, headers: {}, way: delivery.way ?? 'push' }, { secrets: [], keys: {}, settings: {} })
        const lead = 'leads' in mapped ? mapped.leads[0] : undefined
        expect(lead?.externalId, delivery.connector).toBe(inquiry.externalId)
        expect(lead?.emails, delivery.connector).toContain(kinds.get(`${inquiry.personId} email`))
        const phone = kinds.get(`${inquiry.personId} phone`)
        if (phone !== undefined) expect(lead?.phones, delivery.connector).toContain(phone)
      }
    }
    expect([...read].sort()).toEqual(['baidu', 'google-ads', 'linkedin', 'meta', 'oceanengine', 'standard', 'tencent-ads', 'xiaohongshu', 'zoom'])
  })

  it('hold no address or number that reaches anybody', () => {
    for (const rows of [told(0), told(1)]) {
      for (const { kind, value } of rows.identities) expect(value).toMatch(kind === 'email' ? /@[\w.]+\.example$/ : /^\+86161\d{8}$/)
      for (const { value } of rows.companyPhones) expect(value).toMatch(/^\+494066969\d{3}$/)
    }
  })
})

describe('the holidays of the told worlds', () => {
  it('fall where calendars say', () => {
    // Spring Festival, Dragon Boat and Mid-Autumn of 2025 and 2026 as the State Council announced them; Easter by the church's table.
    const china = [2025, 2026].flatMap((year) => holidaysOfChina(year))
    const named = (name: string) => china.filter((each) => each.name === name).map(({ day }) => day)
    expect(named('除夕')).toEqual(['2025-01-28', '2026-02-16'])
    expect(named('端午节')).toEqual(['2025-05-31', '2026-06-19'])
    expect(named('中秋节')).toEqual(['2025-10-06', '2026-09-25'])
    expect([2024, 2025, 2026, 2027].map((year) => easterOf(year))).toEqual(['2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28'])
    expect(holidaysOfHamburg(2026).map(({ day }) => day)).toEqual(['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-01', '2026-05-14', '2026-05-25', '2026-10-03', '2026-10-31', '2026-12-25', '2026-12-26'])
  })
})
