import { eq, sql } from 'drizzle-orm'
import type { CardLine, CardTerms } from '~/domain/scoring/card-terms'
import { newId, toUuid, type Id } from '~/lib/ids'
import { leadScores, outbox, scoreCards, scoreLines, touchDetails, touches } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { NOON, type TestOrganisation } from '~tests/support/organisations'

type Org = Pick<TestOrganisation, 'orgId'>

export const aLine = (key: string, criterion: CardLine['criterion'], points: number, more: Partial<CardLine> = {}): CardLine => ({
  key, group: 'interest', criterion, points, most: null, everyDays: null, halfLifeDays: null, expiresDays: null, onlyWith: null, ...more,
})
export const aTerms = (lines: CardLine[], more: Partial<CardTerms> = {}): CardTerms => ({ base: 0, lines, thresholds: { fit: [30, 20, 10], interest: [30, 20, 10] }, calibration: null, ...more })

/** A card that is published; the one before it is retired. */
export async function aPublishedCard({ orgId }: Org, terms: CardTerms): Promise<Id<'scd'>> {
  const id = newId('scd')
  await asSuperuser(async (tx) => {
    await tx.update(scoreCards).set({ state: 'retired', retiredAt: NOON }).where(sql`org_id = ${toUuid(orgId)}::uuid and state = 'published'`)
    const [row] = await tx.execute<{ n: number }>(sql`select count(*)::int as n from score_cards where org_id = ${toUuid(orgId)}::uuid`)
    await tx.insert(scoreCards).values({ orgId, id, version: (row?.n ?? 0) + 1, kind: 'hand', state: 'published', terms, createdAt: NOON, changedAt: NOON, publishedAt: NOON })
  })
  return id
}

/** Something somebody did, as `keepTouches` leaves it. */
export async function aTouch({ orgId }: Org, leadId: Id<'lead'>, more: Partial<typeof touches.$inferInsert> & { page?: string; minutes?: number } = {}): Promise<Id<'tch'>> {
  const id = newId('tch')
  const { page, minutes, ...row } = more
  await asSuperuser(async (tx) => {
    await tx.insert(touches).values({ orgId, id, leadId, kind: 'page_view', verdict: 'human', at: NOON, recordedAt: NOON, ...row })
    await tx.insert(touchDetails).values({ orgId, touchId: id, answers: page === undefined ? [] : [{ question: 'event', answer: 'viewed' }, { question: 'page', answer: page }], utm: {}, clickIds: {}, at: row.at ?? NOON, minutes: minutes ?? null })
  })
  return id
}

/** All lines of a lead, in the order in which they were written. */
export const linesIn = (leadId: Id<'lead'>) => asSuperuser((tx) => tx.select().from(scoreLines).where(eq(scoreLines.leadId, leadId)).orderBy(scoreLines.recordedAt, scoreLines.id))
export const scoreIn = async (leadId: Id<'lead'>) => (await asSuperuser((tx) => tx.select().from(leadScores).where(eq(leadScores.leadId, leadId))))[0]
/** Events of a kind that were told, by what they say. */
export const toldIn = async ({ orgId }: Org, name: string) =>
  (await asSuperuser((tx) => tx.select({ name: outbox.name, payload: outbox.payload }).from(outbox).where(eq(outbox.orgId, orgId)).orderBy(outbox.seq))).filter((row) => row.name === name).map(({ payload }) => payload as Record<string, unknown>)
