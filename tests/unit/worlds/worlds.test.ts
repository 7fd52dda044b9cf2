import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { tell, worlds, type WorldRows } from '~db/seeds/worlds'

const end = new Date('2026-06-30T15:00:00Z')
const told = (index: number): WorldRows => {
  const world = worlds[index]
  if (world === undefined) throw new Error('no such world')
  return tell(world, { orgId: 'org_01h455vb4pex5vsknk084sn02q', end, region: 'eu', userIds: new Map() })
}
const digest = (rows: WorldRows) => createHash('sha256').update(JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).digest('hex')

describe('the told worlds', () => {
  it('are the same every time', () => {
    expect(digest(told(0))).toBe(digest(told(0)))
    expect(digest(told(0))).not.toBe(digest(told(1)))
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

  it('hold no address or number that reaches anybody', () => {
    for (const rows of [told(0), told(1)]) {
      for (const { kind, value } of rows.identities) expect(value).toMatch(kind === 'email' ? /@[\w.]+\.example$/ : /^\+86161\d{8}$/)
      for (const { value } of rows.companyPhones) expect(value).toMatch(/^\+494066969\d{3}$/)
    }
  })
})
