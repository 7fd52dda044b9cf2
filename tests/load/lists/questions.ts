import { countLeads, listLeads, queueCounts, queuePage } from '~/domain/leads'
import type { Context } from '~/domain/kernel'
import { findRecords } from '~/domain/search'
import { seeded } from '~/lib/seeded'
import { fromUuid, type Id } from '~/lib/ids'
import { pinyin } from 'pinyin-pro'
import type { Around, Sample } from './samples'

export type Question = { name: string; kind: 'page' | 'count' | 'search'; works: (() => Promise<unknown>)[] }

const TIMES = Number(process.env['CLEW_BENCH_TIMES'] ?? 100)

export const person = (orgId: Id<'org'>, memberId: Id<'mem'>, role: 'manager' | 'rep'): Context => ({
  orgId, now: new Date(), requestId: 'bench',
  actor: { kind: 'user', userId: 'bench', memberId, role, teamId: null, visibility: { leads: role === 'rep' ? 'own' : 'all', reports: 'all' } },
})

/** What people ask all day: the same questions of every size. */
export async function questionsOf(orgId: Id<'org'>, reps: readonly string[], samples: readonly Sample[], around: Around): Promise<Question[]> {
  const [managed = ''] = reps
  const manager = person(orgId, fromUuid('mem', managed), 'manager')
  const rep = (n: number) => person(orgId, fromUuid('mem', reps[n % reps.length] ?? managed), 'rep')
  const times = <T>(work: (n: number) => Promise<T>) => Array.from({ length: TIMES }, (_, n) => () => work(n))
  const { channel, campaign, days, middle } = around
  // A cursor in the middle: where a list that ends in the middle would go on.
  const half = await listLeads(manager, { to: middle, limit: 1 })
  const cursor = half.nextCursor ?? undefined
  return [
    { name: 'queue page', kind: 'page', works: times((n) => queuePage(rep(n), {})) },
    { name: 'queue counts', kind: 'count', works: times((n) => queueCounts(rep(n), {})) },
    { name: 'list, newest', kind: 'page', works: times(() => listLeads(manager, { limit: 50 })) },
    { name: 'list, deep (50 %)', kind: 'page', works: times(() => listLeads(manager, { limit: 50, cursor })) },
    { name: 'list, stage', kind: 'page', works: times((n) => listLeads(manager, { stage: (['graded', 'won', 'lost', 'qualified'] as const)[n % 4], limit: 50 })) },
    { name: 'list, channel', kind: 'page', works: times((n) => listLeads(manager, { channel: channel[n % channel.length], limit: 50 })) },
    { name: 'list, channel + stage', kind: 'page', works: times((n) => listLeads(manager, { channel: channel[n % channel.length], stage: 'won', limit: 50 })) },
    { name: 'list, campaign + junk', kind: 'page', works: times((n) => listLeads(manager, { campaign: campaign[n % campaign.length], verdict: 'junk', limit: 50 })) },
    { name: 'list, 30 days', kind: 'page', works: times((n) => listLeads(manager, { from: days.from, to: days.to, stage: n % 2 === 0 ? 'inquiry' : 'graded', limit: 50 })) },
    { name: 'list, of one owner', kind: 'page', works: times((n) => listLeads(manager, { owner: fromUuid('mem', reps[n % reps.length] ?? ''), limit: 50 })) },
    { name: "list, a rep's own", kind: 'page', works: times((n) => listLeads(rep(n), { limit: 50 })) },
    { name: 'count, all', kind: 'count', works: times(() => countLeads(manager, {})) },
    { name: 'count, stage', kind: 'count', works: times((n) => countLeads(manager, { stage: (['graded', 'won', 'lost', 'qualified'] as const)[n % 4] })) },
    { name: 'count, channel + stage', kind: 'count', works: times((n) => countLeads(manager, { channel: channel[n % channel.length], stage: 'won' })) },
    ...searches(manager, rep, samples),
  ]
}

function searches(manager: Context, rep: (n: number) => Context, samples: readonly Sample[]): Question[] {
  const random = seeded(7)
  const chinese = samples.filter(({ name }) => /\p{Script=Han}/u.test(name))
  const latin = samples.filter(({ name }) => !/\p{Script=Han}/u.test(name))
  const mailed = samples.filter(({ email }) => email !== null)
  const said = (name: string) => pinyin(name, { toneType: 'none', type: 'array', v: true, surname: 'head' })
  const word = (text: string) => [...text.split(/[^\p{L}]+/u)].sort((a, b) => b.length - a.length)[0] ?? text
  const search = (name: string, from: readonly Sample[], text: (sample: Sample, n: number) => string): Question => ({
    name: `search, ${name}`, kind: 'search',
    works: Array.from({ length: TIMES }, (_, n) => () => findRecords(manager, { q: text(from[n % from.length] as Sample, n) })),
  })
  const mistyped = (text: string) => {
    const at = 1 + Math.floor(random() * (text.length - 2))
    const kind = Math.floor(random() * 4)
    const letter = String.fromCharCode(97 + Math.floor(random() * 26))
    if (kind === 0) return text.slice(0, at) + text.slice(at + 1)
    if (kind === 1) return text.slice(0, at) + letter + text.slice(at)
    if (kind === 2) return text.slice(0, at) + letter + text.slice(at + 1)
    return text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2)
  }
  return [
    search('Chinese name', chinese, ({ name }) => name),
    search('one character', chinese, ({ name }) => name.slice(0, 1)),
    search('two characters of a company', samples.filter(({ company }) => /\p{Script=Han}/u.test(company)), ({ company }, n) => company.slice(n % 4, n % 4 + 2)),
    search('pinyin', chinese, ({ name }) => said(name).join('')),
    search('pinyin as one types', chinese, ({ name }, n) => said(name).join('').slice(0, 2 + (n % 5))),
    search('initials', chinese, ({ name }) => said(name).map((each) => each.charAt(0)).join('')),
    search('Latin name', latin, ({ name }) => name.toLowerCase()),
    search('Latin as one types', latin, ({ name }, n) => name.toLowerCase().slice(0, 2 + (n % 4))),
    search('company', samples, ({ company }) => company.slice(0, 12)),
    search('e-mail', mailed, ({ email }) => email ?? ''),
    search('e-mail domain', mailed, ({ email }) => (email ?? '').slice((email ?? '').indexOf('@'))),
    search('phone', samples, ({ phone }) => `${phone.slice(0, 3)} ${phone.slice(3, 6)}-${phone.slice(6, 10)} ${phone.slice(10)}`),
    search('phone tail', samples, ({ phone }) => phone.slice(-4)),
    search('typing error', latin, ({ name }) => mistyped(word(name).toLowerCase())),
    search('typing error in pinyin', chinese.filter(({ name }) => name.length > 2), ({ name }) => mistyped(said(name).join(''))),
    search('nothing', latin, (_, n) => `zzqx${n}vv`),
    { name: 'search, by a rep', kind: 'search', works: Array.from({ length: TIMES }, (_, n) => () => findRecords(rep(n), { q: chinese[n % chinese.length]?.name.slice(0, 1 + (n % 3)) ?? '' })) },
  ]
}
