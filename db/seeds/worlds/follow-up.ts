import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { localDate } from '~/lib/period'
import type { Grade, JunkReason, LostReason, Outcome, Stage } from '~/domain/leads/vocabulary'
import { place } from './assign'
import { atWork, fillFields, workingHour } from './doings'
import type { Seat } from './house'
import { keep } from './keep'
import type { Arrival, Told } from './tell'

const DAY = 86_400_000
const MINUTE = 60_000

type Course = { stage: Stage; enteredAt: Date; qualifiedAt?: Date; gradedAt?: Date; wonAt?: Date; lostAt?: Date; lostFrom?: Stage; lostReason?: LostReason; grade?: Grade; amount?: bigint; currency?: string; month?: string }

/** What became of a lead: who got it, the rep's attempts, its stages, and what it was worth. Nothing happens after the end of the world. */
export function followUp(told: Told, arrival: Arrival): void {
  const { chance: luck, rows, house } = told
  const { orgId, end } = house
  const { at, leadId, channel } = arrival
  const product = luck.pick(house.products)
  const given = place(told, arrival, product.id)
  const owner = house.seats.find(({ id }) => id === given.ownerId) ?? null
  const junk = luck.happens(channel.story.junk)
  const answered = owner === null ? null : answer(told, arrival, owner, junk)
  const course = junk || answered === null ? { stage: 'inquiry' as const, enteredAt: at } : runCourse(told, arrival, answered.first)
  const junkAt = junk && answered !== null ? new Date(answered.first.getTime() + 5 * MINUTE) : null
  const closedAt = course.wonAt ?? course.lostAt ?? junkAt
  const isOpen = closedAt === null
  const lastContactAt = answered === null || owner === null ? null : (isOpen && course.stage !== 'inquiry' ? stayInTouch(told, arrival, owner, course.enteredAt) : null) ?? answered.last
  // A lead that is not ripe yet is parted with until a day is named (培育).
  const snoozedUntil = isOpen && answered !== null && luck.happens(0.04) ? workingHour(told, 8 + luck.next() * 40) : null
  const kept = keep(told, arrival, { given, isOpen, closedAt, lastContactAt, snoozedUntil })
  const isMine = kept.ownerId !== null && kept.ownerId === given.ownerId
  const nextStepAt = isOpen && answered !== null && isMine && snoozedUntil === null && luck.happens(0.6) ? workingHour(told, luck.next() * 10 - 1.5) : null
  const partner = channel.story.connector === 'partner-portal' ? house.seats.find((seat) => seat.role === 'partner') : undefined
  rows.leads.push({
    orgId, id: leadId, productLineId: product.id, companyId: arrival.companyId, personId: arrival.personId, ownerId: kept.ownerId, sourceId: channel.sourceId, poolId: house.poolId,
    channelId: channel.id, campaignId: arrival.campaignId, cameInAt: at, isOpen, verdict: junkAt === null ? 'valid' : 'junk',
    junkReason: junkAt === null ? null : luck.pick<JunkReason>(['spam', 'wrong_number', 'job_seeker', 'out_of_area', 'competitor']), junkAt,
    firstResponseAt: answered?.first ?? null, lastContactAt: kept.lastContactAt, nextStepAt, snoozedUntil: isMine ? snoozedUntil : null, ownedSince: kept.ownedSince,
    protectedUntil: kept.protectedUntil, recycleAt: kept.recycleAt, submittedBy: partner?.id ?? null, createdAt: at,
  })
  // A next step is a callback, the lead's own column only repeats it. Its id is the lead's: drawing one would change the world.
  if (nextStepAt !== null) {
    rows.tasks.push({ orgId, id: fromUuid('tsk', toUuid(leadId)), leadId, kind: 'callback', dueAt: nextStepAt, timeZone: told.world.timeZone, assigneeId: kept.ownerId, createdBy: kept.ownerId, createdAt: lastContactAt ?? at })
  }
  writeCourse(told, arrival, course, given.ownerId, product.id)
  if (course.qualifiedAt !== undefined) {
    rows.leadChecklists.push({ orgId, leadId, need: 'yes', budget: luck.pick(['yes', 'unknown']), authority: 'yes', timing: luck.pick(['yes', 'no', 'unknown']), updatedAt: course.qualifiedAt, updatedBy: given.ownerId })
    fillFields(told, leadId, course.qualifiedAt)
  }
  const company = rows.companies.at(-1)
  if (course.wonAt !== undefined && course.wonAt < end && company !== undefined && company.id === arrival.companyId) company.isCustomer = true
}

/** Whoever asks again is called again, as a rule; so the wait that began anew ends. */
export function answerRepeat(told: Told, { leadId }: Arrival, at: Date): void {
  const { chance: luck, rows, house: { orgId, end, seats } } = told
  const lead = rows.leads.at(-1)
  const owner = seats.find(({ id }) => id === lead?.ownerId)
  if (lead === undefined || lead.id !== leadId || owner === undefined || lead.isOpen !== true || !luck.happens(0.92)) return
  const when = atWork(told, new Date(at.getTime() + luck.around(50 * owner.pace, 0.9) * MINUTE), owner.pace)
  if (when >= end || lead.lastContactAt == null || (lead.ownedSince ?? at) > when) return
  rows.activities.push({ orgId, id: luck.id('act', when), leadId, kind: 'call', outcome: 'connected', at: when, memberId: owner.id, durationSeconds: 60 + luck.below(300) })
  if (lead.lastContactAt < when) lead.lastContactAt = when
}

/** Whoever has a qualified lead calls again every week or so; answers when the last time was. */
function stayInTouch(told: Told, { leadId, personId }: Arrival, owner: Seat, since: Date): Date | null {
  const { world, chance: luck, rows, house: { orgId, end } } = told
  let last: Date | null = null
  for (let step = 0, at = since.getTime(); step < 12; step += 1) {
    at += luck.around(9, 0.4) * DAY
    const when = atWork(told, new Date(at), owner.pace)
    if (when >= end) return last
    rows.activities.push({ orgId, id: luck.id('act', when), leadId, personId, kind: 'call', outcome: luck.pick(['connected', 'connected', 'no_answer'] as const), note: luck.happens(0.5) ? luck.pick(world.notes) : null, at: when, memberId: owner.id, durationSeconds: 40 + luck.below(500) })
    last = when
  }
  return last
}

/** The rep's attempts to reach somebody; answers when the first and the last were, if they were before the end. */
function answer(told: Told, { at, leadId, personId }: Arrival, owner: Seat, junk: boolean): { first: Date; last: Date } | null {
  const { world, chance: luck, rows, house } = told
  const { orgId, end } = house
  const first = atWork(told, new Date(at.getTime() + Math.min(luck.around(38 * owner.pace, 1.4), 1_400) * MINUTE), owner.pace)
  if (first >= end) return null
  let latest = first
  const attempts = 1 + luck.below(3)
  for (let step = 0; step < attempts; step += 1) {
    const when = step === 0 ? first : atWork(told, new Date(first.getTime() + step * luck.around(1.4, 0.5) * DAY), owner.pace)
    if (when >= end) break
    latest = when
    const last = step === attempts - 1
    const outcome: Outcome = junk ? luck.pick(['wrong_number', 'no_answer'] as const) : last ? luck.pick(['connected', 'connected', 'wechat_added', 'replied'] as const) : luck.pick(['no_answer', 'busy', 'callback'] as const)
    const kind = outcome === 'wechat_added' ? 'wechat' : outcome === 'replied' ? 'email' : 'call'
    rows.activities.push({
      orgId, id: luck.id('act', when), leadId, personId, kind: kind, outcome, note: last && luck.happens(0.6) ? luck.pick(world.notes) : null,
      nextStepAt: last ? null : new Date(when.getTime() + DAY), at: when, memberId: owner.id,
    })
  }
  return { first, last: latest }
}

function runCourse(told: Told, { at, channel }: Arrival, answered: Date): Course {
  const { world, chance: luck, house } = told
  const { story } = channel
  const past = (moment: Date) => moment < house.end
  const start: Course = { stage: 'inquiry', enteredAt: at }
  const qualifiedAt = new Date(answered.getTime() + luck.around(3, 0.8) * DAY)
  if (!luck.happens(story.qualified)) return die(told, start, answered, 'inquiry', 0.9)
  if (!past(qualifiedAt)) return start
  const qualified: Course = { stage: 'qualified', enteredAt: qualifiedAt, qualifiedAt }
  const gradedAt = new Date(qualifiedAt.getTime() + luck.around(8, 0.7) * DAY)
  if (!luck.happens(story.graded)) return die(told, qualified, qualifiedAt, 'qualified', 0.86)
  if (!past(gradedAt)) return qualified
  const abroad = luck.happens(0.12)
  const amount = BigInt(Math.round(luck.around(luck.pick(house.products).price, 0.7) / 100)) * 10_000n
  const wonAt = new Date(gradedAt.getTime() + luck.around(24, 0.6) * DAY)
  const month = localDate(wonAt, world.timeZone).slice(0, 7)
  const graded: Course = { ...qualified, stage: 'graded', enteredAt: gradedAt, gradedAt, grade: luck.weighted([['A', 3], ['B', 4], ['C', 3]] as const), amount, currency: abroad ? 'USD' : world.currency, month }
  if (!luck.happens(story.won)) return die(told, graded, gradedAt, 'graded', 0.75)
  return past(wonAt) ? { ...graded, stage: 'won', enteredAt: wonAt, wonAt } : graded
}

/** Most that will not come about are given up after a while; some just stay open. */
function die({ chance: luck, house }: Told, course: Course, since: Date, from: Stage, share: number): Course {
  const lostAt = new Date(since.getTime() + luck.around(16, 0.7) * DAY)
  if (lostAt >= house.end || !luck.happens(share)) return course
  const reasons: Record<string, readonly LostReason[]> = { inquiry: ['no_need', 'no_reply', 'no_reply', 'timing'], qualified: ['budget', 'timing', 'authority', 'competitor'], graded: ['price', 'competitor', 'budget'] }
  return { ...course, stage: 'lost', enteredAt: lostAt, lostAt, lostFrom: from, lostReason: luck.pick(reasons[from] ?? ['other']) }
}

function writeCourse({ rows, house, chance: luck }: Told, { leadId, at, companyId }: Arrival, course: Course, owner: Id<'mem'> | null, productLineId: Id<'pl'>): void {
  const { orgId } = house
  const worth = course.grade === undefined ? {} : { grade: course.grade, expectedAmount: course.amount, expectedCurrency: course.currency, expectedMonth: course.month }
  rows.leadStages.push({
    orgId, leadId, stage: course.stage, enteredAt: course.enteredAt, qualifiedAt: course.qualifiedAt ?? null, gradedAt: course.gradedAt ?? null, wonAt: course.wonAt ?? null,
    lostAt: course.lostAt ?? null, lostReason: course.lostReason ?? null, lostFrom: course.lostFrom ?? null, ...worth,
    wonAmount: course.wonAt === undefined ? null : course.amount, wonCurrency: course.wonAt === undefined ? null : course.currency,
  })
  const actor = owner === null ? { actorKind: 'system', actorId: 'demo' } : { actorKind: 'user', actorId: owner }
  let from: Stage | null = null
  const move = (to: Stage, when: Date | undefined, more: { reason?: string | undefined; grade?: Grade | undefined; amount?: bigint | undefined; currency?: string | undefined; expectedMonth?: string | undefined } = {}) => {
    if (when === undefined) return
    rows.stageMoves.push({ orgId, id: luck.id('mov', when), leadId, fromStage: from, toStage: to, at: when, recordedAt: when, ...(from === null ? { actorKind: 'system', actorId: 'demo' } : actor), ...more })
    from = to
  }
  move('inquiry', at)
  move('qualified', course.qualifiedAt)
  move('graded', course.gradedAt, { grade: course.grade, amount: course.amount, currency: course.currency, expectedMonth: course.month })
  move('won', course.wonAt, { amount: course.amount, currency: course.currency })
  move('lost', course.lostAt, { reason: course.lostReason })
  if (course.wonAt === undefined || course.amount === undefined || course.currency === undefined) return
  rows.revenueLines.push({
    orgId, id: luck.id('rev', course.wonAt), leadId, companyId, productLineId, kind: 'signed', amount: course.amount, currency: course.currency, taxBasis: 'net', at: course.wonAt, recordedAt: course.wonAt,
  })
}
