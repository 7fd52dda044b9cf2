import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { takeTurn, type Turn } from '~/domain/assignment/take-turn'
import { seeded } from '~tests/support/seed'

/** Plays so many turns among those present; standings live on between calls. */
function play(people: Record<string, number>, standings: Map<string, number>, turns: number): string {
  let chosen = ''
  for (let turn = 0; turn < turns; turn += 1) {
    const present = Object.entries(people).map(([memberId, weight]): Turn<string> => ({ memberId, weight, standing: standings.get(memberId) ?? 0 }))
    const taken = takeTurn(present)
    for (const [id, standing] of taken?.standings ?? []) standings.set(id, standing)
    chosen += taken?.chosen ?? '-'
  }
  return chosen
}

describe('turns', () => {
  it('are smooth: 5, 1 and 1 come as nginx says', () => {
    expect(play({ a: 5, b: 1, c: 1 }, new Map(), 14)).toBe('aabacaaaabacaa')
  })

  it('go on where they were when somebody joins or leaves', () => {
    const standings = new Map<string, number>()
    expect(play({ a: 1, b: 1, c: 1 }, standings, 2)).toBe('ab')
    expect(play({ a: 1, b: 1, c: 1, d: 1 }, standings, 4)).toBe('cdab')
    expect(play({ a: 1, b: 1, d: 1 }, standings, 3)).toBe('dab')
  })

  it('nobody catches up after leave', () => {
    const standings = new Map<string, number>()
    play({ a: 1, b: 1 }, standings, 100)
    play({ a: 1 }, standings, 100)
    const back = play({ a: 1, b: 1 }, standings, 10)
    expect([...back].filter((each) => each === 'b')).toHaveLength(5)
  })

  it('nobody at all takes no turn', () => {
    expect(takeTurn([])).toBeNull()
  })

  it('everybody gets their share of a whole round, whatever the weights', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }), (weights) => {
      const people = Object.fromEntries(weights.map((weight, at) => [String.fromCharCode(97 + at), weight]))
      const round = play(people, new Map(), weights.reduce((sum, each) => sum + each, 0))
      for (const [id, weight] of Object.entries(people)) expect([...round].filter((each) => each === id)).toHaveLength(weight)
    }), seeded())
  })
})
