import { sql, type SQL } from 'drizzle-orm'
import type { Condition } from '~/lib/conditions'
import { isId, toUuid } from '~/lib/ids'
import { parseMoney } from '~/lib/money'
import { dayStart, localDate } from '~/lib/period'
import { relativeSpan, type DaySpan } from '~/lib/relative-days'
import { memberOf, type Context } from '../kernel'
import { cells } from '../scoring/vocabulary'
import { inCells, isScored } from './effective-cell'
import { searched } from './filter-search'
import type { FilterField } from './vocabulary'

type Asked = { ctx: Context; timeZone: string; condition: Condition }

/**
 * One row of a filter as a predicate over `leads l join lead_stages s`. What is negated is true of leads without a
 * value too. Conditions have passed `Conditions`; the values of custom fields are looked up by the lead's key.
 */
export function conditionSql(ctx: Context, condition: Condition, timeZone: string): SQL {
  const asked = { ctx, timeZone, condition }
  return isId('cf', condition.field) ? customField(asked) : fields[condition.field as FilterField](asked)
}

const fields: Record<FilterField, (asked: Asked) => SQL> = {
  stage: (asked) => oneOf(sql`l.stage`, asked),
  verdict: (asked) => oneOf(sql`l.verdict`, asked),
  grade: (asked) => oneOf(sql`s.grade`, asked),
  cell: (asked) => scored(asked, (cell) => cell),
  fit: (asked) => scored(asked, (cell) => Math.floor(cell / 10)),
  interest: (asked) => scored(asked, (cell) => cell % 10),
  owner: (asked) => named(sql`l.owner_id`, asked),
  channel: (asked) => named(sql`l.channel_id`, asked),
  campaign: (asked) => named(sql`l.campaign_id`, asked),
  source: (asked) => named(sql`l.source_id`, asked),
  line: (asked) => named(sql`l.product_line_id`, asked),
  team: (asked) => named(sql`(select m.team_id from members m where m.org_id = l.org_id and m.id = l.owner_id)`, asked),
  kind: (asked) => oneOf(sql`(select k.kind from channels k where k.org_id = l.org_id and k.id = l.channel_id)`, asked),
  country: (asked) => oneOf(country, asked),
  came_in: (asked) => inTime(sql`l.came_in_at`, asked),
  contact: (asked) => inTime(sql`l.last_contact_at`, asked),
  next: (asked) => inTime(sql`l.next_step_at`, asked),
  won: (asked) => inTime(sql`s.won_at`, asked),
  amount: (asked) => money(sql`s.expected_amount`, sql`s.expected_currency`, asked),
  customer: ({ condition }) => (condition.op === 'yes' ? sql`l.of_customer` : sql`not l.of_customer`),
  resting: ({ ctx, condition }) => {
    const rests = sql`coalesce(l.snoozed_until > ${ctx.now.toISOString()}::timestamptz, false)`
    return condition.op === 'yes' ? rests : sql`not ${rests}`
  },
  response: ({ condition: { op, values } }) => {
    if (op === 'none') return sql`l.first_response_at is null`
    return op === 'any' ? sql`l.first_response_at is not null` : sql`coalesce(l.first_response_at - l.came_in_at > make_interval(mins => ${Math.round(Number(values[0]))}), false)`
  },
  sla: (asked) => oneOf(promise, asked),
  hour: (asked) => numbered(sql`extract(hour from l.came_in_at at time zone ${asked.timeZone}::text)`, asked),
  name: ({ condition }) => searched(condition.values[0]) ?? sql`true`,
}

// The company's country, else the person's; of whoever stands for them since a merge. Two look-ups by key, one inside the
// other: written as a join, the planner read all companies of the organisation again for every lead.
const country = sql`coalesce(
  (select k.country from companies k where k.org_id = l.org_id and k.id = (select coalesce(c0.canonical_id, c0.id) from companies c0 where c0.org_id = l.org_id and c0.id = l.company_id)),
  (select k.country from people k where k.org_id = l.org_id and k.id = (select coalesce(p0.canonical_id, p0.id) from people p0 where p0.org_id = l.org_id and p0.id = l.person_id)))`

const promise = sql`(select max(case when c.breached_at is not null then 'missed' when c.stop_reason = 'contact' then 'kept' end) from sla_clocks c where c.org_id = l.org_id and c.lead_id = l.id and c.turn = 1)`

const list = (values: readonly string[], type: 'text' | 'uuid') => sql`array[${sql.join(values.map((value) => sql`${value}`), sql`, `)}]::${type === 'uuid' ? sql`uuid` : sql`text`}[]`

function oneOf(column: SQL, { condition: { op, values } }: Asked): SQL {
  if (op === 'empty') return sql`${column} is null`
  if (op === 'set') return sql`${column} is not null`
  const [only] = values
  const is = values.length === 1 ? sql`${column} = ${only}` : sql`${column} = any (${list(values, 'text')})`
  return op === 'not' ? sql`(${is}) is not true` : is
}

/** Cells by number, or by one of their two ranks. */
function scored({ condition: { op, values } }: Asked, partOf: (cell: number) => number): SQL {
  if (op === 'empty' || op === 'set') return op === 'set' ? isScored : sql`not ${isScored}`
  const is = inCells(cells.filter((cell) => values.includes(String(partOf(cell)))))
  return op === 'not' ? sql`not ${is}` : is
}

function named(column: SQL, { ctx, condition: { op, values } }: Asked): SQL {
  if (op === 'empty') return sql`${column} is null`
  if (op === 'set') return sql`${column} is not null`
  // Who has no place here owns nothing.
  const me = memberOf(ctx.actor)
  const ids = values.flatMap((value) => (value !== 'me' ? [toUuid(value)] : me === null ? [] : [toUuid(me)]))
  if (ids.length === 0) return op === 'not' ? sql`true` : sql`false`
  const is = ids.length === 1 ? sql`${column} = ${ids[0]}::uuid` : sql`${column} = any (${list(ids, 'uuid')})`
  return op === 'not' ? sql`(${is}) is not true` : is
}

function inTime(column: SQL, { ctx, timeZone, condition: { op, values } }: Asked): SQL {
  if (op === 'empty') return sql`${column} is null`
  if (op === 'set') return sql`${column} is not null`
  const span = relativeSpan(op, values, localDate(ctx.now, timeZone))
  return within(column, span, (day) => sql`${dayStart(day, timeZone).toISOString()}::timestamptz`)
}

function within(column: SQL, span: DaySpan | null, at: (day: string) => SQL): SQL {
  if (span === null) return sql`false`
  const parts = [span.from === undefined ? null : sql`${column} >= ${at(span.from)}`, span.until === undefined ? null : sql`${column} < ${at(span.until)}`].filter((part) => part !== null)
  return sql`(${sql.join(parts, sql` and `)})`
}

function numbered(column: SQL, { condition: { op, values } }: Asked): SQL {
  if (op === 'empty') return sql`${column} is null`
  if (op === 'set') return sql`${column} is not null`
  return sql`${column} ${op === 'eq' ? sql`=` : op === 'over' ? sql`>` : sql`<`} ${values[0]}::numeric`
}

/** Amounts are compared within their currency: without a rate for the day a sum in another says nothing. */
function money(column: SQL, currency: SQL | null, { condition: { op, values } }: Asked): SQL {
  if (op === 'empty') return sql`${column} is null`
  if (op === 'set') return sql`${column} is not null`
  const [amount = '0', code] = values
  const minor = code === undefined ? amount : (parseMoney(amount, code)?.toString() ?? null)
  if (minor === null) return sql`false`
  const compared = sql`${column} ${op === 'over' ? sql`>` : sql`<`} ${minor}::numeric`
  return currency === null || code === undefined ? sql`coalesce(${compared}, false)` : sql`coalesce(${currency} = ${code} and ${compared}, false)`
}

/** A custom field: one row a lead and field, found by its key; no row is no value. */
function customField(asked: Asked): SQL {
  const { ctx, timeZone, condition: { field, op, values } } = asked
  const row = (test: SQL) => sql`exists (select 1 from lead_field_values v where v.org_id = l.org_id and v.lead_id = l.id and v.field_id = ${toUuid(field)}::uuid and ${test})`
  switch (op) {
    case 'set': return row(sql`true`)
    case 'empty': return sql`not ${row(sql`true`)}`
    case 'yes': return row(sql`v.number = 1`)
    case 'no': return sql`not ${row(sql`v.number = 1`)}`
    case 'is': return row(sql`(v.text = any (${list(values, 'text')}) or v.choices && ${list(values, 'text')})`)
    case 'not': return sql`not ${row(sql`(v.text = any (${list(values, 'text')}) or v.choices && ${list(values, 'text')})`)}`
    case 'has': return row(sql`v.text ilike ${`%${(values[0] ?? '').replaceAll(/[\\%_]/g, String.raw`\$&`)}%`}`)
    case 'eq': return row(sql`v.number = ${values[0]}::numeric`)
    case 'over':
    case 'under': return row(money(sql`v.number`, null, asked))
    default: return row(within(sql`v.day`, relativeSpan(op, values, localDate(ctx.now, timeZone)), (day) => sql`${day}::date`))
  }
}
