import { eq } from 'drizzle-orm'
import { afterEach, describe, expect, it } from 'vitest'
import { addRobot, changeRobot, hearEvents, listRobots, noticePage, postFor, postToRobots, removeRobot, switchRobot, testRobot } from '~/domain/notifications'
import { robotKinds, type RobotKind } from '~/domain/notifications/vocabulary'
import { createTeam } from '~/domain/orgs'
import { newId, type Id } from '~/lib/ids'
import { auditEntries, robotPosts, robots } from '~db/schema'
import { aLead } from '~tests/integration/leads/a-lead'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { allowThisMachine } from '~tests/support/platforms/fake-server'
import { fakeRobot, type FakeRobot } from '~tests/support/platforms/robot'
import { standingCases } from '~tests/support/standing-cases'
import { aReport, eventsOf, heard, meOf } from './told'

allowThisMachine()

const open: FakeRobot[] = []
afterEach(async () => { for (const each of open.splice(0)) await each.close() })
async function fake(kind: RobotKind, secret: string | null = null): Promise<FakeRobot> {
  const made = await fakeRobot(kind, secret)
  open.push(made)
  return made
}
const WECOM = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0f1e2d3c'
const robot = (more: object = {}) => ({ kind: 'wecom' as const, name: 'Sales', address: WECOM, topics: ['sla_breached' as const, 'lead_assigned' as const], locale: 'en', ...more })
const aRobot = async (owner: TestOrganisation, more: object = {}) => ({ robotId: (await addRobot(owner.system, robot(more))).robotId })
const rowOf = async (org: TestOrganisation) => (await asSuperuser((tx) => tx.select().from(robots).where(eq(robots.orgId, org.orgId))))[0]
const after = (org: TestOrganisation, seconds: number) => new Date(org.system.now.getTime() + seconds * 1_000)
const DAY = 86_400

async function breach(org: TestOrganisation, ownerId: Id<'mem'>, more: object = {}, now = org.system.now) {
  const { leadId } = await aLead(org, { ownerId, ...more })
  await hearEvents({ ...org.system, now }, [heard('sla.breached', { leadId, ownerId, clockId: newId('slc'), turn: 1, act: 'notify', tell: [] })])
}

standingCases(listRobots, { input: async (owner) => { await aRobot(owner); return {} }, foreign: (answer) => expect(answer).toEqual([]) })
standingCases(addRobot, { input: async (owner) => robot({ teamId: (await createTeam(owner.system, { name: 'North' })).teamId }) })
standingCases(changeRobot, { input: async (owner) => ({ ...(await aRobot(owner)), name: 'Other', topics: ['lead_lost'], locale: 'en' }) })
standingCases(switchRobot, { input: async (owner) => ({ ...(await aRobot(owner)), on: false }) })
standingCases(removeRobot, { input: aRobot })
standingCases(testRobot, { input: aRobot })

describe('a robot', () => {
  it('lives at its platform only, over https; its address and secret are sealed and not shown again', async () => {
    const org = await anOrganisation()
    const admin = await org.as('admin')
    for (const address of ['http://qyapi.weixin.qq.com/x', 'https://evil.example/x', 'https://qyapi.weixin.qq.com.evil.example/', 'https://qyapi.weixin.qq.com@evil.example/', 'https://user:p@qyapi.weixin.qq.com/', 'https://qyapi.weixin.qq.com:8443/', 'https://169.254.169.254/', 'file:///etc/passwd', 'x']) {
      await expect(addRobot(admin, robot({ address })), address).rejects.toMatchObject({ code: 'invalid', fields: { address: ['not-a-robot'] } })
    }
    await expect(addRobot(admin, robot({ kind: 'slack', address: WECOM }))).rejects.toMatchObject({ code: 'invalid' })
    const { robotId } = await addRobot(admin, robot({ kind: 'dingtalk', address: 'https://oapi.dingtalk.com/robot/send?access_token=t0ps3cret', secret: 'SECabc' }))
    const row = await rowOf(org)
    expect(`${String(row?.address)} ${String(row?.secret)}`).not.toMatch(/t0ps3cret|SECabc|dingtalk/)
    const [shown] = await listRobots(admin, {})
    expect(shown).toMatchObject({ hint: 'oapi.dingtalk.com/…cret', hasSecret: true, state: 'on' })
    expect(JSON.stringify(shown)).not.toMatch(/t0ps3|SEC/)
    await changeRobot(admin, { robotId, name: 'North', topics: ['lead_lost'], locale: 'zh-CN' })
    expect((await rowOf(org))?.address).toBe(row?.address)
    await switchRobot(admin, { robotId, on: false })
    await removeRobot(admin, { robotId })
    const log = await asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.subject, robotId)).orderBy(auditEntries.id))
    expect(log.map(({ action }) => action)).toEqual(['robot.add', 'robot.change', 'robot.switch', 'robot.remove'])
    expect(JSON.stringify(log)).not.toMatch(/t0ps3|SECabc/)
    await expect(addRobot(await org.as('rep'), robot())).rejects.toMatchObject({ code: 'not-allowed' })
  })

  it.each(robotKinds)('%s: is heard, signed where the platform signs; a wrong secret is refused in its words', async (kind) => {
    const org = await anOrganisation()
    const [server, rep] = [await fake(kind, 'S3cret'), await org.as('rep', { name: 'Li' })]
    const { robotId } = await aRobot(org, { kind, address: server.address, secret: 'S3cret' })
    await breach(org, meOf(rep))
    expect(await postFor(org.orgId, robotId, after(org, 59))).toBe(0)
    expect(await postFor(org.orgId, robotId, after(org, 60))).toBe(1)
    expect(JSON.stringify(server.said[0]?.body)).toContain('Li: 1')
    expect(await postFor(org.orgId, robotId, after(org, 120))).toBe(0)
    expect(await testRobot(org.system, { robotId })).toEqual({ robotId, problem: null })
    if (kind !== 'dingtalk' && kind !== 'feishu') return
    await changeRobot(org.system, { robotId, name: 'Sales', topics: ['sla_breached'], locale: 'en', secret: 'wrong' })
    expect((await testRobot(org.system, { robotId })).problem).toMatch(kind === 'dingtalk' ? /^310000 sign not match$/ : /^19021 sign match fail/)
    expect((await listRobots(org.system, {}))[0]?.problem).toMatch(/sign/)
  })

  it('says together what comes within a minute, once though it is heard twice; names customers only where it is set to', async () => {
    const org = await anOrganisation()
    const [server, li, wang] = [await fake('wecom'), await org.as('rep', { name: 'Li' }), await org.as('rep', { name: 'Wang <@all>' })]
    const { robotId } = await aRobot(org, { address: server.address })
    for (const who of [li, wang, li]) await breach(org, meOf(who), { person: 'Eve <@all> [x](https://evil.example)' })
    const told = (await asSuperuser((tx) => tx.select().from(robotPosts).where(eq(robotPosts.orgId, org.orgId))))[0]
    await hearEvents(org.system, [heard('sla.breached', { leadId: told?.subject as Id<'lead'>, ownerId: meOf(li), clockId: told?.key as Id<'slc'>, turn: 1, act: 'notify', tell: [] })])
    expect(await postFor(org.orgId, robotId, after(org, 60))).toBe(1)
    const text = () => ((server.said.at(-1)?.body['markdown'] as { content: string } | undefined)?.content ?? '').split('\n')
    expect(text().slice(0, 3)).toEqual(['**The time to answer ran out for 3 leads**', '> Li: 2', '> Wang ＜＠all＞: 1'])
    expect(text()).toHaveLength(4)
    await changeRobot(org.system, { robotId, name: 'Sales', topics: ['sla_breached'], locale: 'zh-CN', showsNames: true })
    await breach(org, meOf(li), { person: 'Eve <@all> [x](https://evil.example)' }, after(org, 100))
    await postFor(org.orgId, robotId, after(org, 200))
    expect(text().slice(0, 3)).toEqual(['**1 条线索首响超时**', '> Li：1', '> Eve ＜＠all＞ ［x］（https：//evil．example）, Hengtai'])
  })

  it('of a team hears of its people only, and of its own topics', async () => {
    const org = await anOrganisation()
    const { teamId } = await createTeam(org.system, { name: 'North' })
    const [mine, other] = [await org.as('rep', { teamId }), await org.as('rep')]
    await aRobot(org, { teamId })
    await aRobot(org, { topics: ['lead_lost'], name: 'Else' })
    await breach(org, meOf(mine))
    await breach(org, meOf(other))
    expect(await asSuperuser((tx) => tx.select().from(robotPosts).where(eq(robotPosts.orgId, org.orgId)))).toHaveLength(1)
  })

  it('says the daily report with its numbers at once, each as a message of its own', async () => {
    const org = await anOrganisation()
    const [server, boss] = [await fake('feishu'), await org.as('manager', { name: 'He <at>' })]
    const { robotId } = await aRobot(org, { kind: 'feishu', address: server.address, topics: ['daily_report'], locale: 'zh-CN' })
    await hearEvents(org.system, [heard('report.made', { reportId: await aReport(org, meOf(boss)) })])
    expect(await postFor(org.orgId, robotId, org.system.now)).toBe(1)
    const { post } = server.said[0]?.body['content'] as { post: { zh_cn: { title: string; content: { text: string; href?: string }[][] } } }
    expect(post.zh_cn.title).toBe('2024-05-15 日报：全组织')
    expect(post.zh_cn.content.map(([part]) => part?.text)).toEqual([
      '新线索：4', '按时首响：3 / 4', '跟进：12 次，其中电话 9 次', '有效沟通 2，意向评级 1，成交 0', '逾期未跟进：5', '跟进目标：12 / 16（75%）', 'He ＜at＞：跟进 12 次，有效沟通 2，逾期 5', '在 Clew 中打开'])
    expect(post.zh_cn.content.at(-1)?.[0]?.href).toMatch(/\/reports\/daily\?day=2024-05-15$/)
  })

  it('says at most twenty messages a minute; the others wait', async () => {
    const org = await anOrganisation()
    const server = await fake('wecom')
    const { robotId } = await aRobot(org, { address: server.address, topics: ['daily_report'] })
    await asSuperuser((tx) => tx.insert(robotPosts).values(Array.from({ length: 25 }, (_, n) => ({ orgId: org.orgId, id: newId('rbp'), robotId, topic: 'daily_report' as const, key: String(n), subject: null, params: {}, madeAt: org.system.now, dueAt: org.system.now }))))
    expect(await postFor(org.orgId, robotId, after(org, 1))).toBe(20)
    expect(await postFor(org.orgId, robotId, after(org, 30))).toBe(0)
    await expect(testRobot({ ...org.system, now: after(org, 31) }, { robotId })).rejects.toMatchObject({ code: 'too-many' })
    expect(await postFor(org.orgId, robotId, after(org, 62))).toBe(5)
    expect(server.said).toHaveLength(25)
  })
})

describe('a group that does not answer', () => {
  it('is tried again with growing pauses; what it said stands beside the robot; one that answers again is well', async () => {
    const org = await anOrganisation()
    const server = await fake('dingtalk')
    const { robotId } = await aRobot(org, { kind: 'dingtalk', address: server.address })
    await breach(org, meOf(await org.as('rep')))
    server.refuse({ body: { errcode: 310_000, errmsg: 'keywords not in content' } })
    expect(await postFor(org.orgId, robotId, after(org, 60))).toBe(0)
    expect((await listRobots(org.system, {}))[0]).toMatchObject({ problem: '310000 keywords not in content', failingSince: after(org, 60), waiting: 1 })
    await postFor(org.orgId, robotId, after(org, 64))
    expect(server.said).toHaveLength(1)
    await postFor(org.orgId, robotId, after(org, 65))
    await postFor(org.orgId, robotId, after(org, 65 + 299))
    expect(server.said).toHaveLength(2)
    server.refuse(null)
    expect(await postToRobots(after(org, 65 + 300))).toBe(1)
    expect((await listRobots(org.system, {}))[0]).toMatchObject({ problem: null, failingSince: null, waiting: 0 })
  })

  it('after five days is switched off, and whoever set it up is told; on again it begins anew', async () => {
    const org = await anOrganisation()
    const [server, admin] = [await fake('slack'), await org.as('admin')]
    const { robotId } = await addRobot(admin, robot({ kind: 'slack', address: server.address }))
    server.refuse({ status: 404, body: 'no_service' })
    const rep = await org.as('rep')
    await breach(org, meOf(rep))
    await postFor(org.orgId, robotId, after(org, 60))
    await breach(org, meOf(rep), {}, after(org, 5 * DAY))
    await postFor(org.orgId, robotId, after(org, 5 * DAY + 59 + 60))
    expect((await rowOf(org))?.state).toBe('disabled')
    const [event] = await eventsOf(org, 'robot.disabled')
    await hearEvents({ ...org.system, now: after(org, 5 * DAY + 200) }, [heard('robot.disabled', { robotId }, event?.id)])
    expect((await noticePage(admin, {})).lines[0]).toMatchObject({ kind: 'robot_disabled', text: 'The robot Sales was switched off: for five days nothing arrived.', href: '/settings/robots' })
    const before = server.said.length
    expect(await postToRobots(after(org, 6 * DAY))).toBe(0)
    expect(server.said).toHaveLength(before)
    await switchRobot(admin, { robotId, on: true })
    expect(await rowOf(org)).toMatchObject({ state: 'on', failingSince: null, problem: null })
  })
})
