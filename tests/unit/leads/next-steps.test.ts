import { describe, expect, it } from 'vitest'
import { nextSteps } from '~/domain/leads/next-steps'
import { nextStepRules, usualOutcomes } from '~/domain/leads/vocabulary'
import { momentSaid } from '~/routes/app/leads.named'
import { kindOf, outcomeKeys, outcomeName, proposedStep } from '~/ui/leads/outcome-pad'

// 02:00 UTC is 10:00 in Shanghai.
const now = new Date('2026-03-02T02:00:00Z')
const at = (text: string) => new Date(text)

describe('steps that can be chosen with one press', () => {
  it('are an hour from now, and moments of the day there', () => {
    expect(nextSteps(now, 'Asia/Shanghai')).toEqual([
      { id: 'hour', at: at('2026-03-02T03:00:00Z') }, { id: 'today', at: at('2026-03-02T07:00:00Z') }, { id: 'tomorrow', at: at('2026-03-03T01:00:00Z') },
      { id: 'days3', at: at('2026-03-05T01:00:00Z') }, { id: 'days7', at: at('2026-03-09T01:00:00Z') }, { id: 'none', at: null },
    ])
  })

  it('leave out what has passed', () => {
    expect(nextSteps(at('2026-03-02T07:00:00Z'), 'Asia/Shanghai').map(({ id }) => id)).toEqual(['hour', 'tomorrow', 'days3', 'days7', 'none'])
  })
})

describe('outcomes of the pad', () => {
  const steps = nextSteps(now, 'Asia/Shanghai')

  it('propose what their rule says', () => {
    expect(nextStepRules.map((nextStep) => proposedStep({ nextStep }, steps)?.id)).toEqual(['none', 'hour', 'tomorrow', 'days3'])
    expect(usualOutcomes.map((usual) => proposedStep(usual, steps)?.id)).toEqual(['days3', 'tomorrow', 'hour', 'none', 'tomorrow', 'days3'])
  })

  it('keep the keys they always had: the usual six are 1 to 6', () => {
    expect(usualOutcomes.map(({ outcome }, index) => [outcomeKeys[index], outcome])).toEqual([
      ['1', 'connected'], ['2', 'no_answer'], ['3', 'busy'], ['4', 'wrong_number'], ['5', 'callback'], ['6', 'wechat_added'],
    ])
  })

  it('are named by their id where the organisation has its own, and say how somebody was reached', () => {
    expect([outcomeName({ id: 'dsp_1', outcome: 'busy' }), outcomeName({ id: null, outcome: 'busy' })]).toEqual(['dsp_1', 'busy'])
    expect((['connected', 'wechat_added', 'replied', 'met'] as const).map(kindOf)).toEqual(['call', 'wechat', 'message', 'meeting'])
  })
})

describe('a moment as a form says it', () => {
  it.each([
    [undefined, null], ['', null], ['hour', '2026-03-02T03:00:00.000Z'], ['2026-03-03T09:00', '2026-03-03T01:00:00.000Z'], ['2026-03-03T01:00:00.000Z', '2026-03-03T01:00:00.000Z'],
  ])('%s is %s', (text, moment) => {
    expect(momentSaid(text, now, 'Asia/Shanghai')?.toISOString() ?? null).toBe(moment)
  })

  it('is no moment where it is none, so that the verb refuses it', () => {
    expect(Number.isNaN(momentSaid('soon', now, 'Asia/Shanghai')?.getTime())).toBe(true)
  })
})
