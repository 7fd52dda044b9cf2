import { expect, it } from 'vitest'
import { speedBehind, speedToLead } from '~/domain/analytics'
import { speedMetricNames } from '~/domain/analytics/metrics'
import { countLeads } from '~/domain/leads'
import { addWorkDays } from '~/domain/orgs'
import { createPolicy, fireTimers, keepClocks } from '~/domain/sla'
import { aLead, aWorld, later } from '~tests/integration/leads/a-lead'
import { anOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'

const days = { from: '2024-05-13', to: '2024-05-15' }
standingCases(speedToLead, { input: async (owner) => { await aLead(owner); return days }, foreign: (seen) => expect(seen.rows).toEqual([]) })

it('counts calendar and working minutes apart, over a night, a holiday and a lunch; every count opens its leads', async () => {
  const org = await anOrganisation()
  const at = (text: string) => new Date(`2024-05-${text}:00+08:00`)
  await addWorkDays(org.system, { kind: 'off', lines: '2024-05-14 Feast' })
  const baidu = await aWorld(org, 'Baidu')
  // Monday 21:40 → Wednesday 09:03, the Tuesday off: 3 of 2,123 minutes. Monday 10:00 → 10:10. Monday 17:50 → Wednesday 09:20: 30 of 2,370.
  await aLead(org, { world: baidu, cameInAt: at('13T21:40'), createdAt: at('13T21:40'), firstResponseAt: at('15T09:03') })
  await aLead(org, { world: baidu, cameInAt: at('13T10:00'), createdAt: at('13T10:00'), firstResponseAt: at('13T10:10') })
  await aLead(org, { cameInAt: at('13T17:50'), createdAt: at('13T17:50'), firstResponseAt: at('15T09:20') })
  await aLead(org, { cameInAt: at('15T10:00'), createdAt: at('15T10:00') })
  await aLead(org, { cameInAt: at('13T10:00'), isImported: true, firstResponseAt: at('15T09:00') })
  await aLead(org, { cameInAt: at('13T10:00'), verdict: 'junk', firstResponseAt: at('15T09:00') })
  const { totals, rows } = await speedToLead(org.system, { ...days, by: 'hour' })
  expect(totals).toMatchObject({ answered: 3, unanswered: 1, calendar: { p50: 2123 }, working: { p50: 10 } })
  expect(totals.working.p90).toBeCloseTo(26, 9)
  expect(rows.map(({ key, answered, unanswered, working }) => [key, answered, unanswered, working.p50])).toEqual([['10', 1, 1, 10], ['17', 1, 0, 30], ['21', 1, 0, 3]])
  for (const by of ['hour', 'channel', 'owner'] as const) {
    const report = await speedToLead(org.system, { ...days, by })
    expect(report.totals).toEqual(totals)
    for (const metric of speedMetricNames) {
      expect(await countLeads(org.system, speedBehind({ ...days, by }, metric)), metric).toBe(totals[metric])
      for (const row of report.rows) expect(await countLeads(org.system, speedBehind({ ...days, by }, metric, row.key)), `${by} ${metric}`).toBe(row[metric])
    }
  }
})

it('the share in time is of what was promised and is decided', async () => {
  const org = await anOrganisation()
  await createPolicy(org.system, { name: 'Ten minutes', firstMinutes: 10 })
  const kept = await aLead(org, { firstResponseAt: later(org.system, 0.1).now })
  const late = await aLead(org, { firstResponseAt: later(org.system, 0.5).now })
  const open = await aLead(org)
  await keepClocks(org.system, [kept.leadId, late.leadId, open.leadId])
  const soon = later(org.system, 0.15)
  expect((await speedToLead(soon, { ...days, by: 'channel' })).totals).toMatchObject({ kept: 1, missed: 1, in_time: 0.5 })
  await fireTimers(later(org.system, 1).now)
  expect((await speedToLead(later(org.system, 1), { ...days, by: 'channel' })).totals).toMatchObject({ kept: 1, missed: 2, in_time: 1 / 3 })
})
