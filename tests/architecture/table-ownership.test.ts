import { describe, expect, it } from 'vitest'
import { type Source, sourcesIn, withoutComments } from './sources'

type Table = { module: string; sqlName: string }

// Named exceptions: one statement writes a whole lead, for speed (architecture, "A lead arrives", step 3).
const EXCEPTIONS: Record<string, readonly string[]> = {
  'app/domain/capture/ingest-lead-write.ts': ['people', 'leads', 'channels', 'kernel'],
  'app/domain/capture/imports/write-rows.ts': ['people', 'leads'],
  'app/domain/capture/store-delivery.ts': ['kernel'],
}
const DECLARATION = /export const (\w+) = (?:pgTable|\w+\.table|\w*[tT]able)\(\s*'(\w+)'/g
const BUILDER = /\.(?:insert|update|delete)\(\s*(?:schema\.)?(\w+)\s*\)/g
const RAW = /\b(?:insert\s+into|delete\s+from|merge\s+into|truncate(?:\s+table)?|copy)\s+(?:only\s+)?(?:public\.)?(?:"?(\w+)"?|\$\{(?:schema\.)?(\w+)\})|\bupdate\s+(?:only\s+)?(?:public\.)?(?:"?(\w+)"?|\$\{(?:schema\.)?(\w+)\})(?:\s+(?:as\s+)?\w+)?\s+set\b/gi

function tablesOf(schema: readonly Source[]): Map<string, Table> {
  const tables = new Map<string, Table>()
  for (const { path, text } of schema) {
    const module = path.replace(/^db\/schema\//, '').split('.')[0] ?? ''
    for (const [, name = '', sqlName = ''] of text.matchAll(DECLARATION)) tables.set(name, { module, sqlName })
  }
  return tables
}

function trespasses(sources: readonly Source[], tables: Map<string, Table>): string[] {
  const bySqlName = new Map([...tables.values()].map((table) => [table.sqlName, table]))
  return sources.flatMap(({ path, text }) => {
    const owner = /^app\/domain\/([^/]+)\//.exec(path)?.[1]
    const code = withoutComments(text)
    const written = [
      ...[...code.matchAll(BUILDER)].map((match) => tables.get(match[1] ?? '')),
      ...[...code.matchAll(RAW)].map((match) => tables.get(match[2] ?? match[4] ?? '') ?? bySqlName.get((match[1] ?? match[3] ?? '').toLowerCase())),
    ]
    const foreign = written.filter((table) => table !== undefined && table.module !== owner && EXCEPTIONS[path]?.includes(table.module) !== true)
    return foreign.map((table) => `${path} writes ${table?.sqlName ?? ''}, which belongs to ${table?.module ?? ''}`)
  })
}

const tables = tablesOf(sourcesIn('db/schema'))

describe('table ownership', () => {
  it('only the module named like the schema file writes its tables', () => {
    expect(tables.size).toBeGreaterThan(20)
    expect(trespasses([...sourcesIn('app'), ...sourcesIn('jobs')], tables)).toEqual([])
  })

  it('every schema file is named like a domain module', () => {
    const modules = new Set(sourcesIn('app/domain').map(({ path }) => path.split('/')[2]))
    const files = [...new Set([...tables.values()].map(({ module }) => module))]
    expect(files.filter((name) => !modules.has(name))).toEqual([])
  })

  it.each([
    'await tx.insert(leads).values({})', 'tx\n  .update(leads)\n  .set({})', 'tx.delete(schema.leads)', 'sql`insert into leads (id) values (1)`',
    'sql`INSERT INTO ${leads} values (1)`', 'sql`update leads l set stage = 1`', 'sql`update ${leads} set stage = 1`', 'sql`delete from only "leads"`',
  ])('notices %j in another module', (text) => {
    const planted = new Map([['leads', { module: 'leads', sqlName: 'leads' }]])
    expect(trespasses([{ path: 'app/domain/people/merge.ts', text }], planted)).toHaveLength(1)
    expect(trespasses([{ path: 'jobs/handlers/leads/x.ts', text }], planted)).toHaveLength(1)
    expect(trespasses([{ path: 'app/domain/leads/move.ts', text }], planted)).toEqual([])
  })

  it.each(['select id from leads for update', '// tx.insert(leads)', 'on conflict do update set stage = 1', 'new Set().delete(leads.id)'])('lets %j be', (text) => {
    const planted = new Map([['leads', { module: 'leads', sqlName: 'leads' }]])
    expect(trespasses([{ path: 'app/domain/people/merge.ts', text }], planted)).toEqual([])
  })
})
