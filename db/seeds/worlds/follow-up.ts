import { fromUuid, toUuid, type Id } from '~/lib/ids'
import { addDays, dayStart, localDate } from '~/lib/period'
import type { Grade, JunkReason, LostReason, Outcome, Stage } from '~/domain/leads/vocabulary'
import type { Seat } from './house'
import type { Arrival, Told } from './tell'

const DAY = 86_400_000
const MINUTE = 60_000

type Course = { stage: Stage; enteredAt: Date; qualifiedAt?: Date; gradedAt?: Date; wonAt?: Date; lostAt?: Date; lostFrom?: Stage; lostReason?: LostReason; grade?: Grade; amount?: bigint; currency?: string; month?: string }

/** What became of a lead: the rep's attempts, its stages, and what it was worth. Nothing happens after the end of the world. */
export function followUp(told: Told, arrival: Arrival): void {
  const { chance: luck, rows, house } = told
  const { orgId } = house
  const { at, leadId, channel } = arrival
  const reps = house.seats.filter((seat) => seat.role === 'rep')
  const owner = luck.happens(0.04) ? null : luck.pick(reps)
  const junk = luck.happens(channel.story.junk)
  const answered = owner === null ? null : answer(told, arrival, owner, junk)
  const course = junk || answered === null ? { stage: 'inquiry' as const, enteredAt: at } : runCourse(told, arrival, answered)
  const junkAt = junk && answered !== null ? new Date(answered.getTime() + 5 * MINUTE) : null
  const product = luck.pick(house.products)
  const isOpen = course.wonAt === undefined && course.lostAt === undefined && junkAt === null
  const nextStepAt = isOpen && answered !== null && luck.happens(0.6) ? workingHour(told, luck.next() * 10 - 1.5) : null
  const partner = channel.story.connector === 'partner-portal' ? house.seats.find((seat) => seat.role === 'partner') : undefined
  rows.leads.push({
    orgId, id: leadId, productLineId: product.id, companyId: arrival.companyId, personId: arrival.personId, ownerId: owner?.id ?? null, sourceId: channel.sourceId,
    channelId: channel.id, campaignId: arrival.campaignId, cameInAt: at, isOpen, verdict: junkAt === null ? 'valid' : 'junk',
    junkReason: junkAt === null ? null : luck.pick<JunkReason>(['spam', 'wrong_number', 'job_seeker', 'out_of_area', 'competitor']), junkAt,
    firstResponseAt: answered, lastContactAt: answered, nextStepAt, submittedBy: partner?.id ?? null, createdAt: at,
  })
  // A next step is a callback, the lead's own column only repeats it. Its id is the lead's: drawing one would change the world.
  if (nextStepAt !== null) rows.tasks.push({ orgId, id: fromUuid('tsk', toUuid(leadId)), leadId, kind: 'callback', dueAt: nextStepAt, timeZone: told.world.timeZone, assigneeId: owner?.id ?? null, createdBy: owner?.id ?? null, createdAt: answered ?? at })
  writeCourse(told, arrival, course, owner?.id ?? null, product.id)
  if (course.qualifiedAt !== undefined) {
    rows.leadChecklists.push({ orgId, leadId, need: 'yes', budget: luck.pick(['yes', 'unknown']), authority: 'yes', timing: luck.pick(['yes', 'no', 'unknown']), updatedAt: course.qualifiedAt, updatedBy: owner?.id ?? null })
  }
  const company = rows.companies.at(-1)
  if (course.wonAt !== undefined && company !== undefined && company.id === arrival.companyId) company.isCustomer = true
}

/** A quarter of an hour on a working day, so many days after the end of the world. */
function workingHour({ world, chance: luck, house }: Told, days: number): Date {
  let day = localDate(new Date(house.end.getTime() + days * DAY), world.timeZone)
  while ([0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay())) day = addDays(day, 1)
  return new Date(dayStart(day, world.timeZone).getTime() + (36 + luck.below(32)) * 15 * MINUTE)
}

/** The rep's attempts to reach somebody; answers when the first one was, if it was before the end. */
function answer({ world, chance: luck, rows, house }: Told, { at, leadId, personId }: Arrival, owner: Seat, junk: boolean): Date | null {
  const { orgId, end } = house
  const first = new Date(at.getTime() + luck.around(38 * owner.pace, 1.4) * MINUTE)
  if (first >= end) return null
  const attempts = 1 + luck.below(3)
  for (let step = 0; step < attempts; step += 1) {
    const when = new Date(first.getTime() + step * luck.around(1.4, 0.5) * DAY)
    if (when >= end) break
    const last = step === attempts - 1
    const outcome: Outcome = junk ? luck.pick(['wrong_number', 'no_answer'] as const) : last ? luck.pick(['connected', 'connected', 'wechat_added', 'replied'] as const) : luck.pick(['no_answer', 'busy', 'callback'] as const)
    const kind = outcome === 'wechat_added' ? 'wechat' : outcome === 'replied' ? 'email' : 'call'
    rows.activities.push({
      orgId, id: luck.id('act', when), leadId, personId, kind: kind, outcome, note: last && luck.happens(0.6) ? luck.pick(world.notes) : null,
      nextStepAt: last ? null : new Date(when.getTime() + DAY), at: when, memberId: owner.id,
    })
  }
  return first
}

function runCourse(told: Told, { at, channel }: Arrival, answered: Date): Course {
  const { world, chance: luck, house } = told
  const { story } = channel
  const past = (moment: Date) => moment < house.end
  const start: Course = { stage: 'inquiry', enteredAt: at }
  const qualifiedAt = new Date(answered.getTime() + luck.around(3, 0.8) * DAY)
  if (!luck.happens(story.qualified)) return die(told, start, answered, 'inquiry', 0.78)
  if (!past(qualifiedAt)) return start
  const qualified: Course = { stage: 'qualified', enteredAt: qualifiedAt, qualifiedAt }
  const gradedAt = new Date(qualifiedAt.getTime() + luck.around(8, 0.7) * DAY)
  if (!luck.happens(story.graded)) return die(told, qualified, qualifiedAt, 'qualified', 0.8)
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
