import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import postgres, { type Sql } from 'postgres'
import { matchKeysOf, type MatchRecord } from '~/domain/people'
import { defaultModel } from '~/domain/people/matching/default-model'
import { seeded } from '~/lib/seeded'
import { probabilityOf } from '~/domain/people/matching/engine/model'
import { weighPeople } from '~/domain/people/matching/weigh-people'
import { fromUuid, newId, newUuid, toUuid, type Id } from '~/lib/ids'
import { startEmbedded } from '~db/embedded'
import { migrate } from '~db/migrate'
import { provisionEmbedded } from '~db/provision'

const KNOWN = Number(process.env['BENCH_PEOPLE'] ?? 1_000_000)
const ASKED = Math.round(KNOWN / 10)
const BATCH = 500
const SEED = 20240515

const say = (text: string) => void process.stdout.write(`${text}\n`)
const random = seeded(SEED)
const pick = (letters: string) => letters[Math.floor(random() ** 1.5 * letters.length)] ?? ''
const FAMILY = '王李张刘陈杨黄赵周吴徐孙马胡朱郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔'
const GIVEN = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文玉萍红鹏宇浩婷雪飞鑫波斌莉建国志海云龙林生春慧琴兰玲峰晨阳欣怡佳子轩梓涵浩然宏博雅思远天泽雨桐诗语嘉懿煜城文昊绍辉旭尧立果智宸'

/** People, their digests and what a repeat of one of them would say: another number, sometimes a shorter company. */
function person(): MatchRecord {
  const name = pick(FAMILY) + pick(GIVEN) + pick(GIVEN)
  return { id: fromUuid('per', newUuid()), name, phones: [`+861${30 + Math.floor(random() * 60)}${String(Math.floor(random() * 1e8)).padStart(8, '0')}`], emails: [], wechats: [], companies: [`公司${Math.floor(random() * KNOWN * 0.4)}`], domains: [], city: '', title: '' }
}

/** A million people in the blocking index, a tenth as many matched against them, beside bare look-ups of one key each. */
export async function run(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'clew-bench-match-'))
  const embedded = await startEmbedded({ dataDir })
  try {
    const access = await provisionEmbedded(embedded.superuserUrl, dataDir)
    await migrate(access)
    const url = new URL(embedded.superuserUrl)
    url.pathname = '/clew'
    const db = postgres(url.href, { max: 1, onnotice: () => undefined })
    const orgId = newId('org')
    const people = await fill(db, orgId)
    await explain(db, orgId, people)
    await measure(db, orgId, people)
    await db.end()
  } finally {
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function fill(db: Sql, orgId: Id<'org'>): Promise<Map<string, MatchRecord>> {
  const startedAt = performance.now()
  const people = new Map<string, MatchRecord>()
  const org = toUuid(orgId)
  await db.unsafe("set session_replication_role = replica; alter table match_keys drop constraint match_keys_org_id_key_person_id_pk cascade; drop index match_keys_person")
  let keys = 0
  function* lines(): Generator<string> {
    for (let at = 0; at < KNOWN; at += 1) {
      const record = person()
      const id = toUuid(record.id)
      people.set(id, record)
      const own = matchKeysOf(orgId, record)
      keys += own.length
      yield own.map((key) => `${org}\t${key}\t${id}\n`).join('')
    }
  }
  await pipeline(Readable.from(lines()), await db`copy match_keys (org_id, key, person_id) from stdin`.writable())
  await db.unsafe('set maintenance_work_mem = \'512MB\'; alter table match_keys add primary key (org_id, key, person_id); analyze match_keys')
  say(`filled: ${people.size} people under ${keys} keys in ${((performance.now() - startedAt) / 1000).toFixed(0)} s (seed ${SEED})`)
  return people
}

// The product's statement (find-candidates.ts) for many at once: the same look-up in the same index, at most 100 a key.
const candidatesOf = (db: Sql, org: string, asked: string) => db<{ at: number; person_id: string }[]>`
  select distinct a.at, found.person_id from json_to_recordset(${asked}::text::json) as a(at int, key text)
  cross join lateral (select k.person_id from match_keys k where k.org_id = ${org}::uuid and k.key = a.key limit 100) found`

async function explain(db: Sql, orgId: Id<'org'>, people: Map<string, MatchRecord>): Promise<void> {
  const [one] = people.values()
  const keys = JSON.stringify(one === undefined ? [] : matchKeysOf(orgId, one).map((key) => ({ at: 0, key })))
  const plan = await db<{ 'QUERY PLAN': string }[]>`
    explain (analyze, costs off, timing off) select distinct a.at, found.person_id from json_to_recordset(${keys}::text::json) as a(at int, key text)
    cross join lateral (select k.person_id from match_keys k where k.org_id = ${toUuid(orgId)}::uuid and k.key = a.key limit 100) found`
  const text = plan.map((row) => row['QUERY PLAN']).join('\n')
  say(text)
  if (/Seq Scan/.test(text)) throw new Error('The look-up reads the whole table')
}

async function measure(db: Sql, orgId: Id<'org'>, people: Map<string, MatchRecord>): Promise<void> {
  const org = toUuid(orgId)
  const known = [...people.values()]
  const asked = Array.from({ length: ASKED }, () => {
    const true_ = random() < 0.5 ? known[Math.floor(random() * known.length)] : undefined
    const fresh = person()
    return { twin: true_, record: true_ === undefined ? fresh : { ...fresh, name: true_.name, companies: true_.companies } }
  })
  let [bareMs, lookMs, weighMs, candidates, found, right] = [0, 0, 0, 0, 0, 0]
  for (let from = 0; from < asked.length; from += BATCH) {
    const batch = asked.slice(from, from + BATCH)
    const keys = batch.map(({ record }) => matchKeysOf(orgId, record))
    const bareAt = performance.now()
    await candidatesOf(db, org, JSON.stringify(keys.map(([key], at) => ({ at, key }))))
    bareMs += performance.now() - bareAt
    const lookAt = performance.now()
    const rows = await candidatesOf(db, org, JSON.stringify(keys.flatMap((own, at) => own.map((key) => ({ at, key })))))
    lookMs += performance.now() - lookAt
    const weighAt = performance.now()
    candidates += rows.length
    const best = new Map<number, { weight: number; id: string }>()
    for (const { at, person_id: id } of rows) {
      const [one, other] = [batch[at]?.record, people.get(id)]
      if (one === undefined || other === undefined) continue
      const { weight } = weighPeople(defaultModel, one, other)
      if (weight > (best.get(at)?.weight ?? -Infinity)) best.set(at, { weight, id })
    }
    weighMs += performance.now() - weighAt
    for (const [at, { weight, id }] of best) {
      if (probabilityOf(weight) < 0.3) continue
      found += 1
      if (batch[at]?.twin !== undefined && id === toUuid(batch[at].twin.id)) right += 1
    }
  }
  const twins = asked.filter(({ twin }) => twin !== undefined).length
  say(`matched: ${asked.length} against ${known.length} in ${((lookMs + weighMs) / 1000).toFixed(1)} s: look-up ${(lookMs / 1000).toFixed(1)} s, weighing ${(weighMs / 1000).toFixed(1)} s; ${(candidates / asked.length).toFixed(1)} candidates each`)
  say(`found: ${found} at review or above, ${right} of ${twins} repeats found as such`)
  say(`bare look-up of one key each: ${(bareMs / 1000).toFixed(1)} s`)
  say(`ratio match/bare: ${((lookMs + weighMs) / bareMs).toFixed(2)}`)
}
