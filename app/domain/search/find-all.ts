import type { Tx } from '~db/client.server'
import type { Context } from '../kernel'
import { foundLeads, foundRecords, standingLeads } from './found-rows'
import { gather } from './gather'
import { hitsOf, type Found } from './hits'
import { readQuery } from './read-query'
import { searchScope } from './search-scope'

/** Everything of all kinds that somebody may find under a text, best first, from about `most` candidates a kind. */
export async function findAll(tx: Tx, ctx: Context, text: string, most: number): Promise<{ found: Found[]; isBounded: boolean }> {
  const asked = readQuery(text)
  const scope = await searchScope(tx, ctx)
  const candidates = await gather(tx, asked, scope, most)
  // An id names a lead that may since have been merged; the one that stands for it is found by the same reason.
  for (const [id, why] of [...candidates.leads].filter(([, why]) => why !== null)) {
    for (const standing of await standingLeads(tx, [id])) if (standing !== id) candidates.leads.set(standing, why)
  }
  const leads = await foundLeads(tx, ctx, [...candidates.leads.keys()])
  const loose = scope.owners === null ? await looseOnes(tx, candidates, leads) : { people: [], companies: [] }
  return { found: hitsOf(text, candidates, leads, loose, scope.me), isBounded: candidates.isBounded }
}

type Leads = Awaited<ReturnType<typeof foundLeads>>

async function looseOnes(tx: Tx, candidates: Awaited<ReturnType<typeof gather>>, leads: Leads) {
  const told = new Set(leads.flatMap(({ people, company }) => [...people.flatMap(({ id, rootId }) => [id, rootId]), company?.id, company?.rootId]))
  const left = (ids: Iterable<string>) => [...ids].filter((id) => !told.has(id))
  return { people: await foundRecords(tx, 'people', left(candidates.people.keys())), companies: await foundRecords(tx, 'companies', left(candidates.companies.keys())) }
}
