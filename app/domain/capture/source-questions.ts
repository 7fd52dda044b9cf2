import { sql } from 'drizzle-orm'
import { toUuid } from '~/lib/ids'
import { can, DomainError, query } from '../kernel'
import { fieldRulesOf, foldQuestion } from './apply-field-mapping'
import { connectorOf, isMappedConnector } from './connectors/registry'
import { OneSource } from './contract'
import { masked } from './masked'
import { sourceKeys } from './source-keys'
import type { FieldTarget, Way } from './vocabulary'

/** A question the platform's forms really asked. `share` is of the messages looked at, 0 to 1; `example` is masked for whoever may not read bodies. */
export type AskedQuestion = { question: string; field: FieldTarget; count: number; share: number; example: string | null }
export type SourceQuestions = { looked: number; questions: AskedQuestion[] }

const LOOKED_AT = 100
const MOST_BYTES = 65_536
type Row = { connector: string; way: Way; headers: Record<string, string>; body: Uint8Array }

/**
 * The questions in the last hundred kept messages of a source, most frequent first, and those mapped already. Read
 * from the bytes with the mapper, so that one that is mapped stays in the list. Refuses `not-found`.
 */
export const sourceQuestions = query({
  name: 'source.questions',
  permission: 'sources:write',
  input: OneSource,
  async run({ tx, ctx, input: { sourceId } }): Promise<SourceQuestions> {
    const keys = await sourceKeys({ ...ctx, tx }, sourceId)
    const rows = await tx.execute<Row>(sql`
      select d.connector, d.way, b.headers, b.body from deliveries d
      join delivery_keys k on k.org_id = d.org_id and k.source_id = d.source_id and k.dedupe_key = d.dedupe_key and k.delivery_id = d.id
      join delivery_bodies b on b.org_id = d.org_id and b.delivery_id = d.id and octet_length(b.body) <= ${MOST_BYTES}
      where d.org_id = ${toUuid(ctx.orgId)} and d.source_id = ${toUuid(sourceId)} order by d.id desc limit ${LOOKED_AT}`)
    const maySee = can(ctx.actor, 'deliveries:body')
    const found = new Map<string, { question: string; count: number; example: string | null }>()
    let looked = 0
    for (const { connector, way, headers, body: raw } of rows) {
      if (!isMappedConnector(connector)) throw new DomainError('not-found')
      const mapped = connectorOf(connector).map({ raw, headers, way }, keys)
      for (const { answers } of 'leads' in mapped ? mapped.leads : []) {
        looked += 1
        for (const { question, answer } of new Map(answers.map((each) => [foldQuestion(each.question), each])).values()) {
          const known = found.get(foldQuestion(question)) ?? { question, count: 0, example: maySee ? answer.slice(0, 80) : masked(answer) }
          found.set(foldQuestion(question), { ...known, count: known.count + 1 })
        }
      }
    }
    const rules = new Map(fieldRulesOf(keys.settings).map((rule) => [foldQuestion(rule.question), rule]))
    for (const [key, { question }] of rules) if (!found.has(key)) found.set(key, { question, count: 0, example: null })
    const questions = [...found].map(([key, each]): AskedQuestion => ({ ...each, field: rules.get(key)?.field ?? 'keep', share: looked === 0 ? 0 : each.count / looked }))
    return { looked, questions: questions.sort((a, b) => b.count - a.count || (a.question < b.question ? -1 : 1)).slice(0, 100) }
  },
})
