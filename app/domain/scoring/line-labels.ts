import { sql } from 'drizzle-orm'
import { isId, toUuid, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import type { Context } from '../kernel'
import type { Criterion } from './card-terms'
import type { Because } from './criteria/adapter'
import { addressOf } from './fold-text'
import { uuids } from './fact-rows'

/** What an id stands for, in both languages where there are two, and on which page a touch was. */
export type LineLabel = { name: string | null; nameZh: string | null; page: string | null }
type Labelled = { criterion: Criterion | null; because?: Because; touchId?: Id<'tch'> | null }
export const noLabel: LineLabel = { name: null, nameZh: null, page: null }

/** Which row a line or a guess is about: what held, else the first that would. */
function subjectOf({ criterion, because }: Labelled): string | null {
  if (criterion?.kind === 'field') return toUuid(criterion.fieldId)
  const named = because?.value ?? (criterion !== null && 'values' in criterion ? criterion.values[0] : null)
  return (['ch', 'cmp', 'src', 'pl'] as const).some((prefix) => isId(prefix, named)) ? toUuid(String(named)) : null
}

/** Names of all that some lines are about, in at most two statements. */
export async function labelsOf({ tx, orgId }: Context & { tx: Tx }, lines: readonly Labelled[]): Promise<(line: Labelled) => LineLabel> {
  const subjects = [...new Set(lines.flatMap((line) => subjectOf(line) ?? []))]
  const touched = [...new Set(lines.flatMap(({ touchId }) => (touchId == null ? [] : [toUuid(touchId)])))]
  const [org, ids] = [toUuid(orgId), uuids(subjects)]
  const names = subjects.length === 0 ? [] : await tx.execute<{ id: string; name: string; zh: string | null }>(sql`
    select id, name, null as zh from channels where org_id = ${org}::uuid and id = any (${ids}::uuid[]) union all select id, name, null from campaigns where org_id = ${org}::uuid and id = any (${ids}::uuid[])
    union all select id, name, null from sources where org_id = ${org}::uuid and id = any (${ids}::uuid[]) union all select id, name, null from product_lines where org_id = ${org}::uuid and id = any (${ids}::uuid[])
    union all select id, label_en, label_zh from field_definitions where org_id = ${org}::uuid and id = any (${ids}::uuid[])`)
  const pages = touched.length === 0 ? [] : await tx.execute<{ id: string; page: string | null }>(sql`
    select d.touch_id as id, jsonb_path_query_first(d.answers, '$[*] ? (@.question == "page" || @.question == "topic").answer') #>> '{}' as page from touch_details d
    where d.org_id = ${org}::uuid and d.touch_id = any (${uuids(touched)}::uuid[])`)
  const byId = new Map(names.map((row) => [row.id, row]))
  const byTouch = new Map(pages.map((row) => [row.id, row.page]))
  return (line) => {
    const subject = subjectOf(line)
    const named = subject === null ? undefined : byId.get(subject)
    const page = line.touchId == null ? null : (byTouch.get(toUuid(line.touchId)) ?? null)
    return { name: named?.name ?? null, nameZh: named?.zh ?? null, page: page === null || page === '' ? null : addressOf(page) }
  }
}
