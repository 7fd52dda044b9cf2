import { and, desc, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import { isId, type Id } from '~/lib/ids'
import type { Tx } from '~db/client.server'
import {
  activities, channels, campaigns, dispositions, inquiries, inquiryDetails, leadChanges, leadPeople, outreachMailBodies, outreachMails, ownershipChanges, people, sources, stageMoves, touchDetails,
  touches,
} from '~db/schema'
import type { MailProblem, MailState } from '../outreach/vocabulary'
import type { ActivityKind, ChangeKind, ContactDetail, Direction, Grade, Outcome, Stage, TouchKind } from './vocabulary'

type Base = { id: string; at: Date; actorKind: string | null; actorId: string | null }
export type Entry = Base & (
  | { kind: 'touch'; touch: TouchKind; verdict: string; channel: string | null; channelKind: string | null; campaign: string | null; said: TouchSaid }
  | { kind: 'inquiry'; source: string; message: string | null; receipt: Id<'dlv'> | null; isRepeat: boolean; person: string | null }
  | { kind: 'move'; from: Stage | null; to: Stage; reason: string | null; grade: Grade | null; amount: bigint | null; currency: string | null; isImported: boolean; undoes: Id<'mov'> | null; isUndone: boolean }
  | { kind: 'change'; change: ChangeKind; before: string | null; after: string | null; reason: string | null }
  | { kind: 'mail'; subject: string | null; state: MailState; problem: MailProblem | null; person: string | null }
  | { kind: 'activity'; activity: ActivityKind; outcome: Outcome | null; note: string | null; nextStepAt: Date | null; person: string | null; undoneAt: Date | null; labels: { en: string | null; 'zh-CN': string | null } | null; direction: Direction | null; detail: ContactDetail | null; durationSeconds: number | null }
)

/** What a touch says of itself: what happened, where or about what, on which page, for how long. */
export type TouchSaid = { event: string | null; topic: string | null; page: string | null; minutes: number | null }

/** Newest entries of each kind, at most so many of each, of a lead and of its duplicates. */
export const entriesOf: readonly ((tx: Tx, told: Id<'lead'>[], most: number) => Promise<Entry[]>)[] = [touchEntries, inquiryEntries, moveEntries, changeEntries, ownerEntries, activityEntries, mailEntries]

async function touchEntries(tx: Tx, told: Id<'lead'>[], most: number): Promise<Entry[]> {
  // What its people did before there was a lead belongs to its story. The touch of an inquiry of its own is told by the inquiry.
  const ofPeople = tx.select({ id: leadPeople.personId }).from(leadPeople).where(inArray(leadPeople.leadId, told))
  const rows = await tx.select({ touch: touches, channel: channels.name, channelKind: channels.kind, campaign: campaigns.name, answers: touchDetails.answers, minutes: touchDetails.minutes }).from(touches)
    .leftJoin(channels, and(eq(channels.orgId, touches.orgId), eq(channels.id, touches.channelId)))
    .leftJoin(campaigns, and(eq(campaigns.orgId, touches.orgId), eq(campaigns.id, touches.campaignId)))
    .leftJoin(touchDetails, and(eq(touchDetails.orgId, touches.orgId), eq(touchDetails.touchId, touches.id)))
    .where(or(and(inArray(touches.leadId, told), isNull(touches.inquiryId)), and(isNull(touches.leadId), inArray(touches.personId, ofPeople)))).orderBy(desc(touches.at)).limit(most)
  return rows.map(({ touch, answers, minutes, ...more }) => ({
    kind: 'touch', id: touch.id, at: touch.at, actorKind: null, actorId: null, touch: touch.kind, verdict: touch.verdict, ...more, said: saidOf(answers, minutes),
  }))
}

function saidOf(answers: unknown, minutes: number | null): TouchSaid {
  const listed = Array.isArray(answers) ? (answers as { question?: unknown; answer?: unknown }[]) : []
  const find = (question: string) => { const answer = listed.find((each) => each.question === question)?.answer; return typeof answer === 'string' ? answer : null }
  return { event: find('event'), topic: find('topic') ?? find('name') ?? find('title'), page: find('page'), minutes }
}

async function inquiryEntries(tx: Tx, told: Id<'lead'>[], most: number): Promise<Entry[]> {
  const rows = await tx.select({ inquiry: inquiries, message: inquiryDetails.message, source: sources.name, person: people.name }).from(inquiries)
    .innerJoin(sources, and(eq(sources.orgId, inquiries.orgId), eq(sources.id, inquiries.sourceId)))
    .leftJoin(inquiryDetails, and(eq(inquiryDetails.orgId, inquiries.orgId), eq(inquiryDetails.inquiryId, inquiries.id)))
    .leftJoin(people, and(eq(people.orgId, inquiries.orgId), eq(people.id, inquiries.personId)))
    .where(inArray(inquiries.leadId, told)).orderBy(desc(inquiries.at)).limit(most)
  return rows.map(({ inquiry, ...more }) => ({
    kind: 'inquiry', id: inquiry.id, at: inquiry.at, actorKind: null, actorId: null, receipt: inquiry.deliveryId, isRepeat: inquiry.isRepeat, ...more,
  }))
}

async function moveEntries(tx: Tx, told: Id<'lead'>[], most: number): Promise<Entry[]> {
  const rows = await tx.select().from(stageMoves).where(inArray(stageMoves.leadId, told)).orderBy(desc(stageMoves.recordedAt), desc(stageMoves.id)).limit(most)
  const undone = new Set(rows.map(({ undoes }) => undoes))
  return rows.map((row) => ({
    kind: 'move', id: row.id, at: row.at, actorKind: row.actorKind, actorId: row.actorId, from: row.fromStage, to: row.toStage, reason: row.reason,
    grade: row.grade, amount: row.amount, currency: row.currency, isImported: row.isImported, undoes: row.undoes, isUndone: undone.has(row.id),
  }))
}

async function changeEntries(tx: Tx, told: Id<'lead'>[], most: number): Promise<Entry[]> {
  const rows = await tx.select().from(leadChanges).where(and(inArray(leadChanges.leadId, told), ne(leadChanges.kind, 'owner'))).orderBy(desc(leadChanges.id)).limit(most)
  return rows.map(({ kind: change, id, at, actorKind, actorId, before, after, reason }) => ({ kind: 'change', id, at, actorKind, actorId, change, before, after, reason }))
}

async function ownerEntries(tx: Tx, told: Id<'lead'>[], most: number): Promise<Entry[]> {
  const rows = await tx.select().from(ownershipChanges).where(inArray(ownershipChanges.leadId, told)).orderBy(desc(ownershipChanges.id)).limit(most)
  return rows.map(({ id, at, actorKind, actorId, fromId, toId, reason }) => ({ kind: 'change', id, at, actorKind, actorId, change: 'owner', before: fromId, after: toId, reason }))
}

async function activityEntries(tx: Tx, told: Id<'lead'>[], most: number): Promise<Entry[]> {
  const rows = await tx.select({ activity: activities, person: people.name, en: dispositions.labelEn, zh: dispositions.labelZh }).from(activities)
    .leftJoin(dispositions, and(eq(dispositions.orgId, activities.orgId), eq(dispositions.id, activities.dispositionId)))
    .leftJoin(people, and(eq(people.orgId, activities.orgId), eq(people.id, activities.personId)))
    // The contact that a sent mail is, the mail itself tells.
    .where(and(inArray(activities.leadId, told), sql`not exists (select from ${outreachMails} m where m.org_id = ${activities.orgId} and m.activity_id = ${activities.id})`))
    .orderBy(desc(activities.at), desc(activities.id)).limit(most)
  return rows.map(({ activity, person, en, zh }) => ({
    kind: 'activity', id: activity.id, at: activity.at, actorKind: activity.memberId === null ? 'system' : 'user', actorId: activity.memberId,
    activity: activity.kind, outcome: activity.outcome, note: activity.note, nextStepAt: activity.nextStepAt, person, undoneAt: activity.undoneAt,
    labels: en === null && zh === null ? null : { en, 'zh-CN': zh }, direction: activity.direction, detail: activity.detail, durationSeconds: activity.durationSeconds,
  }))
}

async function mailEntries(tx: Tx, told: Id<'lead'>[], most: number): Promise<Entry[]> {
  const rows = await tx.select({ mail: outreachMails, subject: outreachMailBodies.subject, person: people.name }).from(outreachMails)
    .leftJoin(outreachMailBodies, and(eq(outreachMailBodies.orgId, outreachMails.orgId), eq(outreachMailBodies.mailId, outreachMails.id)))
    .leftJoin(people, and(eq(people.orgId, outreachMails.orgId), eq(people.id, outreachMails.personId)))
    .where(inArray(outreachMails.leadId, told)).orderBy(desc(outreachMails.id)).limit(most)
  return rows.map(({ mail, subject, person }) => ({
    kind: 'mail', id: mail.id, at: mail.settledAt ?? mail.orderedAt, actorKind: 'user', actorId: mail.memberId, subject, state: mail.state, problem: mail.problem, person,
  }))
}

/** Ids of a kind that entries speak of: actors, owners before and after, people with roles. */
export function mentioned<P extends string>(prefix: P, entries: readonly Entry[]): Id<P>[] {
  const texts = entries.flatMap((entry) => [entry.actorId, ...(entry.kind === 'change' ? [entry.before, entry.after] : [])])
  const ids = texts.flatMap((text) => (text === null ? [] : [text.split(':')[0] ?? '']))
  return [...new Set(ids)].filter((id): id is Id<P> => isId(prefix, id))
}
