import { eq } from 'drizzle-orm'
import { describe, expect, it, vi } from 'vitest'
import { hearEvents, markRead, noticeNews, noticePage, ownNotifications, sendNotices, sendTestNotice, sendTo, setNotifications } from '~/domain/notifications'
import { usualChannels, type NoticeKind } from '~/domain/notifications/vocabulary'
import { newId } from '~/lib/ids'
import type { Mail } from '~/platform/mail'
import { auditEntries, members, noticeSends } from '~db/schema'
import { aLead } from '~tests/integration/leads/a-lead'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aReport, eventsOf, heard, meOf, noticesOf, sendsOf, settings } from './told'

const mails: Mail[] = []
let broken = false
vi.mock('~/platform/mail', async (real) => ({
  ...(await real<object>()),
  sendMail: (mail: Mail) => { if (broken) return Promise.reject(new Error('no SMTP')); mails.push(mail); return Promise.resolve() },
}))

/** A moment of Wednesday, 15 May 2024 (or days later), on the clock of Shanghai. */
const at = (time: string, days = 0) => new Date(Date.parse(`2024-05-15T${time}:00+08:00`) + days * 86_400_000)
const only = (kind: NoticeKind, channels: { app?: boolean; browser?: boolean; mail?: 'never' | 'once' | 'digest' }) => ({ channels: { [kind]: { app: true, browser: false, mail: 'never' as const, ...channels } } })

async function aRep(more: object = {}) {
  mails.length = 0
  broken = false
  const org = await anOrganisation()
  const rep = await org.as('rep', { name: 'Li Wei' })
  await setNotifications(rep, settings(more))
  return { org, rep, me: meOf(rep) }
}
async function warn(org: TestOrganisation, me: `mem_${string}`, now: Date, n = 1) {
  const { leadId } = await aLead(org, { ownerId: me })
  for (let i = 0; i < n; i += 1) await hearEvents({ ...org.system, now }, [heard('sla.warned', { leadId, ownerId: me, clockId: newId('slc'), percent: 80 })])
}
const breach = async (org: TestOrganisation, me: `mem_${string}`, now: Date) => {
  const { leadId } = await aLead(org, { ownerId: me })
  await hearEvents({ ...org.system, now }, [heard('sla.breached', { leadId, ownerId: me, clockId: newId('slc'), turn: 1, act: 'notify', tell: [me] })])
}
const run = (org: TestOrganisation, me: `mem_${string}`, now: Date) => sendTo(org.orgId, me, now)

standingCases(ownNotifications, { input: () => ({}), foreign: 'names nothing', asker: (stranger) => stranger.as('rep') })
standingCases(setNotifications, { input: () => settings(only('sla_at_risk', {})), foreign: 'names nothing', asker: (stranger) => stranger.as('rep') })

describe('settings', () => {
  it('are the usual ones of the role until chosen, show only what one is ever told of, and stand in the log', async () => {
    const org = await anOrganisation()
    const [rep, marketer] = [await org.as('rep'), await org.as('marketer')]
    expect((await ownNotifications(rep, {})).channels.map(({ kind }) => kind)).toEqual(['lead_assigned', 'sla_at_risk', 'sla_breached', 'callback_due', 'task_due', 'recycle_near', 'lead_lost', 'mail_failed', 'bulk_finished', 'daily_report'])
    expect((await ownNotifications(marketer, {})).channels.find(({ kind }) => kind === 'source_alarmed')?.channels).toEqual(usualChannels('marketer', 'source_alarmed'))
    await setNotifications(rep, settings({ ...only('lead_lost', { browser: true, mail: 'once' }), quiet: true, quietFrom: '21:30', quietTo: '08:00', timeZone: 'Europe/Berlin', locale: 'zh-CN' }))
    const own = await ownNotifications(rep, {})
    expect(own).toMatchObject({ quietFrom: 1_290, quietTo: 480, timeZone: 'Europe/Berlin', ownTimeZone: 'Europe/Berlin', locale: 'zh-CN', ownLocale: 'zh-CN' })
    expect(own.channels.find(({ kind }) => kind === 'lead_lost')?.channels).toEqual({ app: true, browser: true, mail: 'once' })
    expect((await asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.subject, meOf(rep))))).map(({ action }) => action)).toEqual(['notifications.set'])
    await expect(setNotifications(rep, settings({ timeZone: 'Mars/Olympus' }))).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('each channel', () => {
  it('in Clew: off, it does not stand in the list, and other channels tell all the same', async () => {
    const { org, rep, me } = await aRep(only('sla_at_risk', { app: false, mail: 'once' }))
    await warn(org, me, at('12:00'))
    expect((await noticePage(rep, {})).lines).toEqual([])
    await run(org, me, at('12:05'))
    expect(mails).toHaveLength(1)
  })

  it('none at all: nothing is written', async () => {
    const { org, me } = await aRep(only('sla_at_risk', { app: false }))
    await warn(org, me, at('12:00'))
    expect(await noticesOf(org)).toEqual([])
  })

  it('browser: what the page may show, while it is fresh and unread; not where it is off', async () => {
    const { org, rep, me } = await aRep(only('sla_at_risk', { browser: true }))
    await warn(org, me, at('12:00'))
    const noticeId = (await noticesOf(org))[0]?.id ?? 'ntc_x'
    expect((await noticeNews({ ...rep, now: at('12:01') }, { noticeId })).show).toMatchObject({ tag: noticeId, body: 'Chen Yuting, Hengtai is waiting: 80 % of the time to answer is gone.' })
    expect((await noticeNews({ ...rep, now: at('12:30') }, { noticeId })).show).toBeNull()
    await markRead({ ...rep, now: at('12:02') }, { noticeId })
    expect((await noticeNews({ ...rep, now: at('12:03') }, { noticeId })).show).toBeNull()
    const off = await aRep(only('sla_at_risk', {}))
    await warn(off.org, off.me, at('12:00'))
    expect((await noticeNews({ ...off.rep, now: at('12:01') }, { noticeId: (await noticesOf(off.org))[0]?.id ?? 'ntc_x' })).show).toBeNull()
  })

  it('mail at once: one mail for what came within five minutes, without a number in it, and not for what was read', async () => {
    const { org, rep, me } = await aRep(only('sla_at_risk', { mail: 'once' }))
    await warn(org, me, at('12:00'), 3)
    await run(org, me, at('12:04'))
    expect(mails).toEqual([])
    expect(await run(org, me, at('12:05'))).toBe(1)
    expect(mails[0]?.subject).toBe('3 leads are waiting with 80 % of the time to answer gone; the first is Chen Yuting, Hengtai.')
    expect(mails[0]?.text).toContain('/queue')
    expect(mails[0]?.text).not.toMatch(/138 0000 6027|13800006027|@/)
    expect(await run(org, me, at('12:06'))).toBe(0)
    await warn(org, me, at('13:00'))
    await markRead({ ...rep, now: at('13:02') }, {})
    expect(await run(org, me, at('13:05'))).toBe(0)
    expect((await sendsOf(org)).map(({ sentAt, droppedAt }) => [sentAt !== null, droppedAt !== null])).toEqual([[true, false], [false, true]])
  })

  it('digest: all of a day in one mail at its time, of working days only where chosen, in the language of the member', async () => {
    const { org, me } = await aRep({ ...only('sla_at_risk', { mail: 'digest' }), locale: 'zh-CN' })
    await warn(org, me, at('08:00', 2))
    await warn(org, me, at('10:00', 2))
    await warn(org, me, at('12:00', 2))
    expect(await run(org, me, at('09:00', 2))).toBe(1)
    expect(mails[0]?.subject).toBe('Chen Yuting, Hengtai 在等待回复：首响时限已过 80%。')
    // Friday's others: Monday, not Saturday.
    expect(await run(org, me, at('09:00', 3))).toBe(0)
    expect(await run(org, me, at('08:59', 5))).toBe(0)
    expect(await run(org, me, at('09:00', 5))).toBe(1)
    expect(mails[1]?.subject).toBe('Clew 有 2 条通知')
    const every = await aRep({ ...only('sla_at_risk', { mail: 'digest' }), digestAt: '07:30', digestWorkingDays: false })
    await warn(every.org, every.me, at('12:00', 2))
    expect(await run(every.org, every.me, at('07:29', 3))).toBe(0)
    expect(await run(every.org, every.me, at('07:30', 3))).toBe(1)
  })
})

describe('quiet hours', () => {
  const quiet = { quiet: true, quietFrom: '22:00', quietTo: '07:00' }

  it('hold mail and browser until they end, then send one of each; in Clew it stands at once', async () => {
    const { org, rep, me } = await aRep({ ...quiet, ...only('sla_at_risk', { browser: true, mail: 'once' }) })
    for (const time of ['22:10', '23:00', '23:50']) await warn(org, me, at(time))
    expect((await noticePage(rep, {})).lines).toHaveLength(3)
    const [first] = await noticesOf(org)
    expect((await noticeNews({ ...rep, now: at('22:11') }, { noticeId: first?.id })).show).toBeNull()
    expect(await run(org, me, at('06:59', 1))).toBe(0)
    const before = (await eventsOf(org, 'notice.told')).length
    expect(await run(org, me, at('07:00', 1))).toBe(1)
    expect(mails.map(({ subject }) => subject)).toEqual(['3 notifications from Clew'])
    const told = (await eventsOf(org, 'notice.told')).slice(before)
    expect(told.map(({ payload }) => payload)).toEqual([{ noticeId: first?.id, memberId: me }])
    expect((await noticeNews({ ...rep, now: at('07:01', 1) }, { noticeId: first?.id })).show).toMatchObject({ body: '3 things happened while it was quiet.', href: '/notifications' })
  })

  it('a mail that would leave in them waits though its cause came before', async () => {
    const { org, me } = await aRep({ ...quiet, ...only('sla_at_risk', { mail: 'once' }) })
    await warn(org, me, at('21:57'))
    expect((await sendsOf(org))[0]).toMatchObject({ mode: 'held', dueAt: at('07:00', 1) })
  })

  it('let urgent kinds pass, unless one does not want that', async () => {
    const { org, rep, me } = await aRep({ ...quiet, ...only('sla_breached', { browser: true, mail: 'once' }) })
    await breach(org, me, at('23:00'))
    expect((await noticeNews({ ...rep, now: at('23:01') }, { noticeId: (await noticesOf(org))[0]?.id })).show).not.toBeNull()
    expect(await run(org, me, at('23:01'))).toBe(1)
    const strict = await aRep({ ...quiet, urgentPasses: false, ...only('sla_breached', { browser: true, mail: 'once' }) })
    await breach(strict.org, strict.me, at('23:00'))
    expect(await run(strict.org, strict.me, at('23:01'))).toBe(0)
    expect(await run(strict.org, strict.me, at('07:00', 1))).toBe(1)
  })

  it('are of the member’s own zone', async () => {
    const { org, me } = await aRep({ ...quiet, timeZone: 'America/New_York', ...only('sla_at_risk', { mail: 'once' }) })
    // Noon in Shanghai is midnight in New York; its seven o'clock is 19:00 in Shanghai.
    await warn(org, me, at('12:00'))
    expect((await sendsOf(org))[0]).toMatchObject({ mode: 'held', dueAt: at('19:00') })
  })
})

describe('at least once', () => {
  it('what fails is tried again with the same Message-ID, at last given up', async () => {
    const { org, me } = await aRep(only('sla_at_risk', { mail: 'once' }))
    await warn(org, me, at('12:00'))
    broken = true
    expect(await run(org, me, at('12:05'))).toBe(0)
    expect(await run(org, me, at('12:05'))).toBe(0)
    broken = false
    expect(await run(org, me, at('12:06'))).toBe(1)
    const intent = mails[0]?.intent
    await asSuperuser((tx) => tx.update(noticeSends).set({ sentAt: null, claimedAt: at('12:06') }).where(eq(noticeSends.orgId, org.orgId)))
    expect(await run(org, me, at('12:07'))).toBe(0)
    // As after a crash between sending and noting: the claim grows old, the mail goes again under the same name.
    expect(await run(org, me, at('12:09'))).toBe(1)
    expect(mails[1]?.intent).toBe(intent)
    await asSuperuser((tx) => tx.update(noticeSends).set({ sentAt: null, claimedAt: null, tries: 7 }).where(eq(noticeSends.orgId, org.orgId)))
    broken = true
    await run(org, me, at('13:00'))
    expect((await sendsOf(org))[0]).toMatchObject({ tries: 8, droppedAt: at('13:00') })
  })

  it('what left together goes again together, under its own name, though more has come since', async () => {
    const { org, me } = await aRep(only('sla_at_risk', { mail: 'digest' }))
    await warn(org, me, at('08:00'))
    await warn(org, me, at('08:30'))
    broken = true
    await run(org, me, at('09:00'))
    broken = false
    await warn(org, me, at('09:00'))
    const [first, , third] = await noticesOf(org)
    expect(await run(org, me, at('09:00', 1))).toBe(2)
    expect(mails.map(({ intent, subject }) => [intent, subject.startsWith('2 notifications')])).toEqual([[`notices ${org.orgId} ${me} digest ${String(first?.id)}`, true], [`notices ${org.orgId} ${me} digest ${String(third?.id)}`, false]])
  })

  it('the schedule finds who has something due, and a member who is no more gets none', async () => {
    const { org, me } = await aRep(only('sla_at_risk', { mail: 'once' }))
    await warn(org, me, at('12:00'))
    await asSuperuser((tx) => tx.update(members).set({ status: 'deactivated' }).where(eq(members.id, me)))
    expect(await sendNotices(at('12:05'))).toBe(0)
    expect((await sendsOf(org))[0]?.droppedAt).toEqual(at('12:05'))
  })
})

it('a test is told by every channel at once, also in quiet hours, and once a minute', async () => {
  const { org, rep, me } = await aRep({ quiet: true, quietFrom: 0, quietTo: 1_439, urgentPasses: false })
  const now = at('12:00')
  await sendTestNotice({ ...rep, now }, {})
  await expect(sendTestNotice({ ...rep, now }, {})).rejects.toMatchObject({ code: 'too-many' })
  expect((await noticeNews({ ...rep, now }, { noticeId: (await noticesOf(org))[0]?.id })).show?.body).toBe('This is a test: you are told here.')
  expect(await run(org, me, now)).toBe(1)
  expect(mails[0]?.to.name).toBe('Li Wei')
})

it('a daily report comes by mail with its numbers', async () => {
  const { org } = await aRep()
  const boss = await org.as('manager', { name: 'He Zhou' })
  const reportId = await aReport(org, meOf(boss))
  await hearEvents({ ...org.system, now: at('18:30') }, [heard('report.made', { reportId })])
  expect(await run(org, meOf(boss), at('18:30'))).toBe(1)
  expect(mails[0]?.text.split('\n\n').slice(0, 10)).toEqual([
    'Hello He Zhou,', 'The daily report of 2024-05-15 is ready: whole organisation.', 'New leads: 4', 'Answered in time: 3 of 4', 'Contacts logged: 12, calls 9', 'Qualified 2, graded 1, won 0', 'Next steps overdue: 5',
    expect.stringMatching(/^Target of contacts: 12 of 16 \(75\s?%\)$/), 'He Zhou: 12 contacts, 2 qualified, 5 overdue', expect.stringContaining('/reports/daily?day=2024-05-15'),
  ])
})
