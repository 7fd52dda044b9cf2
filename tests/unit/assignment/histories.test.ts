import fc from 'fast-check'
import { expect, it } from 'vitest'
import { NOON } from '~tests/support/organisations'
import { apply, faultsOf, histories, newWorld } from '~tests/support/ownership-model'
import { seeded } from '~tests/support/seed'

it('10,000 random histories: caps are never passed, every change has one receipt, no lead is without a place', () => {
  const seen = new Set<string>()
  fc.assert(fc.property(histories(25), (history) => {
    const world = newWorld(history, NOON)
    for (const step of history.steps) {
      const before = world.receipts.length
      const owners = world.leads.map(({ owner }) => owner)
      const answer = apply(world, step)
      seen.add(`${step.kind} ${/^\d$/.test(answer) || step.kind === 'bulk' ? 'done' : answer}`)
      const moved = world.leads.filter(({ owner }, at) => owner !== owners[at]).length
      expect(world.receipts.length - before).toBe(moved)
      expect(faultsOf(world)).toEqual([])
    }
  }), seeded({ numRuns: 10_000 }))
  // The histories reach every answer there is, or they prove little.
  for (const each of ['claim done', 'claim taken', 'claim same', 'claim pool-day-cap', 'claim pool-held-cap', 'claim cooling-down', 'claim at-cap', 'return done', 'assign at-cap', 'arrive done', 'arrive pool', 'leave done', 'leave at-cap']) expect([...seen]).toContain(each)
}, 60_000)
