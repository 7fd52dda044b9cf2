import { describe, expect } from 'vitest'
import { readSharedFile, sharedTest } from '~tests/support/shared-data'
import { likelihood, naiveBayes, type Lead } from './naive-bayes'

type Vectors = {
  stages: string[]
  leads: { i: number; team: number; country: number | null; state: number | null; email: string | null; source: number | null; stage: string; outcome: 'won' | 'lost' | null }[]
  expected_probability: Record<string, number>
  tag_case: { counts: { tag1: [number, number]; tag2: [number, number]; stage_first: [number, number] }; expected_probability: Record<string, number> }
}
const FILE = 'data/oracles/published_vectors.json'
const vectorsOf = (path: string) => (JSON.parse(readSharedFile(path)) as { odoo_pls: Vectors }).odoo_pls

const leadsOf = ({ leads }: Vectors, teamless: number | null): Lead[] => leads.map(({ team, stage, outcome, country, state, email, source }) => ({
  team: team === teamless ? null : String(team), stage, outcome, fields: { country: text(country), state: text(state), email, source: text(source) },
}))
const text = (value: number | null) => (value === null ? null : String(value))

describe('the naive Bayes of the published examples', () => {
  sharedTest('answers as they do for leads of three teams', FILE, (path) => {
    const vectors = vectorsOf(path)
    const leads = leadsOf(vectors, null)
    const answer = naiveBayes(leads, vectors.stages)
    for (const at of [3, 8, 13]) expect(answer(leads[at] as Lead), `lead ${String(at)}`).toBe(vectors.expected_probability[String(at)])
    const without = leadsOf(vectors, 3)
    expect(naiveBayes(without, vectors.stages)(without[13] as Lead)).toBe(vectors.expected_probability['13_when_team3_has_no_team'])
  })

  sharedTest('answers as they do for tags', FILE, (path) => {
    const { counts: { tag1, tag2, stage_first: stage }, expected_probability: expected } = vectorsOf(path).tag_case
    const counted = ([won, lost]: [number, number]) => ({ won, lost })
    const all = { won: tag1[0] + tag2[0], lost: tag1[1] + tag2[1] }
    const of = (...tags: [number, number][]) => likelihood(counted(stage), counted(stage), tags.map((tag) => ({ value: counted(tag), all })))
    expect({ tag1: of(tag1), tag2: of(tag2), 'tag1+tag2': of(tag1, tag2) }).toEqual({ tag1: expected['tag1'], tag2: expected['tag2'], 'tag1+tag2': expected['tag1+tag2'] })
    // Without a tag only the first stage speaks: 42.1 of 147.2 is 28.60 %.
    expect(of()).toBe(expected['none'])
  })
})
