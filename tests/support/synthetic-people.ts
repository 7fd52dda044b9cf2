import { seeded } from '~/lib/seeded'

export type SyntheticSet = { headers: string[]; rows: string[][]; entity: string[] }
type Random = () => number
type Field = { name: string; draw: (random: Random) => string; slip: (random: Random, value: string) => string }
type Plan = { seed: number; entities: number; duplicates: number; mostPerEntity: number; slips: (random: Random) => number; swaps?: readonly [string, string][] }

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
/** Few values are frequent, many are rare, as names are. */
const zipf = <T>(random: Random, from: readonly T[]): T => from[Math.min(from.length - 1, Math.floor(from.length ** random()) - 1)] as T

const SYLLABLES = ['an', 'ber', 'chris', 'da', 'el', 'fri', 'ger', 'hel', 'in', 'jo', 'ka', 'lu', 'ma', 'ni', 'ol', 'pe', 'ro', 'sa', 'ti', 'ul', 've', 'wol', 'ya', 'zim', 'der', 'ke', 'mann', 'ner', 'sch', 'stein']
const HAN_FAMILY = [...'王李张刘陈杨黄赵周吴徐孙马胡朱郭何林高罗']
const HAN_GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文玉萍红鹏宇浩婷雪']
const TRADES = ['科技', '贸易', '实业', '电子', '机械', '网络', '信息', '医疗', '化工', '建材']
const CITIES = ['北京', '上海', '深圳', '杭州', '广州', '苏州', '成都', '武汉']

const words = (random: Random, count: number, least: number, most: number): string[] => {
  const made = new Set<string>()
  while (made.size < count) {
    const length = least + Math.floor(random() * (most - least + 1))
    made.add(Array.from({ length }, () => pick(random, SYLLABLES)).join(''))
  }
  return [...made]
}

/** One slip of the pen: a letter too many, too few, another, or two changed about. */
export function typo(random: Random, value: string, alphabet = 'abcdefghijklmnopqrstuvwxyz'): string {
  const letters = [...value]
  const at = Math.floor(random() * letters.length)
  const kind = Math.floor(random() * 4)
  if (kind === 0) letters.splice(at, 0, pick(random, [...alphabet]))
  else if (kind === 1 && letters.length > 1) letters.splice(at, 1)
  else if (kind === 2 && letters.length > 1) [letters[at], letters[(at + 1) % letters.length]] = [letters[(at + 1) % letters.length] ?? '', letters[at] ?? '']
  else letters[at] = pick(random, [...alphabet])
  return letters.join('')
}
const digits = (random: Random, value: string): string => {
  const at = Math.floor(random() * value.length)
  return value.slice(0, at) + pick(random, [...'0123456789']) + value.slice(at + 1)
}
const number = (random: Random, least: number, most: number): string => String(least + Math.floor(random() * (most - least + 1)))

function build(fields: readonly Field[], { seed, entities, duplicates, mostPerEntity, slips, swaps = [] }: Plan): SyntheticSet {
  const random = seeded(seed)
  const originals = Array.from({ length: entities }, () => fields.map(({ draw }) => draw(random)))
  const rows = originals.map((values, entity) => ({ entity: String(entity), values }))
  const made = new Map<number, number>()
  while (rows.length < entities + duplicates) {
    const entity = Math.floor(random() * entities)
    if ((made.get(entity) ?? 0) >= mostPerEntity) continue
    made.set(entity, (made.get(entity) ?? 0) + 1)
    const values = [...(originals[entity] ?? [])]
    for (let left = slips(random); left > 0; left -= 1) {
      const swap = swaps.length > 0 && random() < 0.15 ? pick(random, swaps) : undefined
      if (swap) {
        const [one, other] = swap.map((name) => fields.findIndex((field) => field.name === name))
        const kept = values[one ?? 0] ?? ''
        values[one ?? 0] = values[other ?? 0] ?? ''
        values[other ?? 0] = kept
        continue
      }
      const at = Math.floor(random() * fields.length)
      values[at] = values[at] === '' ? '' : (fields[at]?.slip(random, values[at] ?? '') ?? '')
    }
    rows.push({ entity: String(entity), values })
  }
  for (let at = rows.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1))
    const kept = rows[at]
    if (kept && rows[other]) { rows[at] = rows[other]; rows[other] = kept }
  }
  return { headers: fields.map(({ name }) => name), rows: rows.map(({ values }) => values), entity: rows.map(({ entity }) => entity) }
}

/** Names and a birth date in three parts, nothing else; one duplicate in ten, with one slip or seldom two. */
export function registry(seed: number, entities: number): SyntheticSet {
  const random = seeded(seed + 1)
  const [given, family] = [words(random, 150, 2, 3), words(random, 300, 2, 3)]
  return build([
    { name: 'first_name', draw: (r) => zipf(r, given), slip: typo },
    { name: 'last_name', draw: (r) => zipf(r, family), slip: typo },
    { name: 'year', draw: (r) => number(r, 1925, 2005), slip: digits },
    { name: 'month', draw: (r) => number(r, 1, 12), slip: (r) => number(r, 1, 12) },
    { name: 'day', draw: (r) => number(r, 1, 28), slip: (r) => number(r, 1, 28) },
  ], { seed, entities, duplicates: Math.round(entities / 9), mostPerEntity: 1, slips: (r) => (r() < 0.85 ? 1 : 2) })
}

/** Names, address, birth date and a number; up to five duplicates of one, with up to eight slips, gaps and swaps each. */
export function addressBook(seed: number, entities: number, duplicates: number, mostSlips = 8): SyntheticSet {
  const random = seeded(seed + 2)
  const [given, family, streets, places] = [words(random, 300, 2, 3), words(random, 800, 2, 4), words(random, 900, 2, 4), words(random, 400, 2, 4)]
  const often = (r: Random, value: string) => (r() < 0.25 ? '' : typo(r, value))
  const oftenDigits = (r: Random, value: string) => (r() < 0.25 ? '' : r() < 0.3 ? typo(r, value, '0123456789') : digits(r, value))
  return build([
    { name: 'given_name', draw: (r) => zipf(r, given), slip: often },
    { name: 'surname', draw: (r) => zipf(r, family), slip: often },
    { name: 'street_number', draw: (r) => number(r, 1, 200), slip: oftenDigits },
    { name: 'street', draw: (r) => `${zipf(r, streets)} ${pick(r, ['street', 'place', 'crescent', 'close', 'circuit'])}`, slip: often },
    { name: 'suburb', draw: (r) => zipf(r, places), slip: often },
    { name: 'postcode', draw: (r) => number(r, 2000, 4999), slip: oftenDigits },
    { name: 'state', draw: (r) => zipf(r, ['nsw', 'vic', 'qld', 'wa', 'sa', 'tas', 'nt', 'act']), slip: often },
    { name: 'date_of_birth', draw: (r) => `${number(r, 1920, 2000)}${number(r, 1, 12).padStart(2, '0')}${number(r, 1, 28).padStart(2, '0')}`, slip: oftenDigits },
    { name: 'client_code', draw: (r) => number(r, 1_000_000, 9_999_999), slip: oftenDigits },
  ], { seed, entities, duplicates, mostPerEntity: 5, slips: (r) => 1 + Math.floor(r() * mostSlips), swaps: [['given_name', 'surname'], ['street', 'suburb']] })
}

/** Chinese business contacts: a name of three characters, mobile, mail, company and city, each often missing in a repeat. */
export function chineseContacts(seed: number, entities: number, duplicates: number): SyntheticSet {
  const random = seeded(seed + 3)
  const firms = Array.from({ length: entities }, () => `${pick(random, CITIES)}${pick(random, HAN_GIVEN)}${pick(random, HAN_GIVEN)}${pick(random, TRADES)}有限公司`)
  const gap = (chance: number, slip: (r: Random, value: string) => string) => (r: Random, value: string) => (r() < chance ? '' : slip(r, value))
  return build([
    { name: '姓名', draw: (r) => zipf(r, HAN_FAMILY) + pick(r, HAN_GIVEN) + pick(r, HAN_GIVEN), slip: (r, value) => typo(r, value, HAN_GIVEN.join('')) },
    { name: '手机', draw: (r) => `13${number(r, 100000000, 999999999)}`, slip: gap(0.7, (r, value) => value.slice(0, 5) + digits(r, value.slice(5))) },
    { name: 'email', draw: (r) => `${pick(r, SYLLABLES)}${pick(r, SYLLABLES)}${number(r, 1, 9999)}@${pick(r, ['qq.com', '163.com', 'acme.example'])}`, slip: gap(0.7, (r, value) => typo(r, value)) },
    { name: '公司', draw: (r) => zipf(r, firms), slip: gap(0.3, (_r, value) => value.replace('有限公司', '')) },
    { name: '城市', draw: (r) => pick(r, CITIES), slip: gap(0.5, (r) => pick(r, CITIES)) },
  ], { seed, entities, duplicates, mostPerEntity: 2, slips: (r) => 1 + Math.floor(r() * 3) })
}
