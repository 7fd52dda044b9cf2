import * as z from 'zod'
import { standsOf } from '../backtest/cell-moves'
import { openLeads } from '../backtest/open-leads'
import { scoreOf, type Scored } from '../backtest/score-facts'
import { query } from '../../kernel'
import { idOf } from '../../kernel/contract'
import { CardTerms, type CardFault, type CellCount } from '../contract'
import { factsOf } from '../learn-from-outcomes/facts-of'
import { cardNamed } from './card-rows'
import { faultsOf } from './faults'
import { knownValues } from './known-values'

const LOOKED_AT = 500
const spoiling: ReadonlySet<CardFault['code']> = new Set(['only-with-cycle', 'duplicate-key'])

/** How many open leads have which two sums of points. */
export type Sums = { fit: number; interest: number; leads: number }[]

/**
 * Where the newest 500 open leads would stand by terms that are being written: by cell, and how many have which sums, so that other thresholds can
 * be tried without asking again; and what is wrong with the terms. Keeps nothing. Refuses not-found.
 */
export const previewCard = query({
  name: 'score-card.preview',
  permission: 'settings:read',
  input: z.object({ cardId: idOf('scd'), terms: CardTerms }),
  async run({ tx, ctx, input: { cardId, terms } }): Promise<{ faults: CardFault[]; cells: CellCount[]; sums: Sums; looked: number; of: number }> {
    await cardNamed(tx, cardId)
    const faults = faultsOf(terms, await knownValues(tx))
    const { leadIds, of } = await openLeads(tx, LOOKED_AT)
    if (faults.some(({ code }) => spoiling.has(code))) return { faults, cells: standsOf([]), sums: [], looked: 0, of }
    const facts = [...(await factsOf(ctx, leadIds)).values()]
    const scored = facts.map((each) => scoreOf(terms, each, ctx.now))
    return { faults, cells: standsOf(scored.map(({ cell }) => cell)), sums: sumsOf(scored), looked: scored.length, of }
  },
})

function sumsOf(scored: readonly Scored[]): Sums {
  const sums = new Map<string, Sums[number]>()
  for (const { fit, interest } of scored) {
    const sum = sums.get(`${fit} ${interest}`) ?? { fit, interest, leads: 0 }
    sums.set(`${fit} ${interest}`, { ...sum, leads: sum.leads + 1 })
  }
  return [...sums.values()]
}
