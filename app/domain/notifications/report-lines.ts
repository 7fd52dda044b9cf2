import { and, eq, inArray } from 'drizzle-orm'
import { formatNumber, formatPercent } from '~/i18n/format'
import { noticeWords, said } from '~/i18n/notice-words.server'
import { isId, type Id } from '~/lib/ids'
import type { Locale } from '~/lib/locales'
import { dailyReports, members } from '~db/schema'
import type { DailyNumbers } from '../analytics/vocabulary'
import { inTransaction, type Context } from '../kernel'

const MOST_MEMBERS = 40

/** A daily report in lines, as it was sent: what mails and groups say, and what its page repeats. Empty for one that is not there. */
export async function reportLines(ctx: Context, reportId: Id<'drp'>, locale: Locale): Promise<string[]> {
  const [numbers, names] = await inTransaction(ctx, 'read only', async (tx) => {
    const [row] = await tx.select({ numbers: dailyReports.numbers }).from(dailyReports).where(and(eq(dailyReports.orgId, ctx.orgId), eq(dailyReports.id, reportId)))
    const ids = (row?.numbers as DailyNumbers | undefined)?.members.map(({ id }) => id).filter((id): id is Id<'mem'> => isId('mem', id)) ?? []
    const people = ids.length === 0 ? [] : await tx.select({ id: members.id, name: members.name }).from(members).where(and(eq(members.orgId, ctx.orgId), inArray(members.id, ids)))
    return [row?.numbers as DailyNumbers | undefined, new Map<string, string>(people.map(({ id, name }) => [id, name]))] as const
  })
  if (numbers === undefined) return []
  const { totals, members: people, targets } = numbers
  const words = noticeWords(locale).report
  const n = (value: number | null) => formatNumber(value, locale)
  return [
    said(words.leads, { n: n(totals.leads) }),
    said(words.answered, { kept: n(totals.kept), of: n(totals.kept + totals.missed) }),
    said(words.contacts, { n: n(totals.contacts), calls: n(totals.calls) }),
    said(words.moves, { qualified: n(totals.qualified), graded: n(totals.graded), won: n(totals.won) }),
    said(words.overdue, { n: n(totals.overdue) }),
    ...targets.map(({ metric, value, reached }) => said(words.target[metric], { reached: n(reached), value: n(value), share: formatPercent(value === 0 ? null : reached / value, locale, 0) })),
    ...people.slice(0, MOST_MEMBERS).flatMap(({ id, counts: { contacts, qualified, overdue } }) => (names.has(id) ? [said(words.member, { name: names.get(id) ?? '', contacts: n(contacts), qualified: n(qualified), overdue: n(overdue) })] : [])),
  ]
}
