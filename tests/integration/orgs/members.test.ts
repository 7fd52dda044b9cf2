import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { memberOf, type Context } from '~/domain/kernel'
import { actorOf, addMember, changeRole, createTeam, deactivateMember, listMembers, membershipsOf, moveToTeam, reactivateMember, renameSelf } from '~/domain/orgs'
import { renameMember } from '~/domain/orgs/rename-self'
import type { Role } from '~/domain/orgs/vocabulary'
import { newId, type Id } from '~/lib/ids'
import { auditEntries, outbox } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { anAccount, accountRow } from '../auth/accounts'

const idOf = (ctx: Context): Id<'mem'> => memberOf(ctx.actor) ?? 'mem_'
const aMember = async (owner: TestOrganisation, role: Role = 'rep') => idOf(await owner.as(role))
const auditOf = (subject: string) => asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.subject, subject)))

describe('changeRole', () => {
  standingCases(changeRole, { input: async (owner) => ({ memberId: await aMember(owner), role: 'manager' }) })

  it('gives another role, which holds from the next request', async () => {
    const org = await anOrganisation()
    const memberId = await aMember(org)
    await changeRole(await org.as('admin'), { memberId, role: 'marketer' })
    expect(await actorOf(org.orgId, memberId, NOON)).toMatchObject({ role: 'marketer', visibility: { leads: 'all', reports: 'all' } })
    expect(await auditOf(memberId)).toMatchObject([{ action: 'member.change-role', changes: { role: { before: 'rep', after: 'marketer' } } }])
  })

  it('keeps the last administrator', async () => {
    const org = await anOrganisation()
    const only = await org.as('admin')
    await expect(changeRole(only, { memberId: idOf(only), role: 'rep' })).rejects.toMatchObject({ code: 'last-admin' })
    const second = await org.as('admin')
    await changeRole(only, { memberId: idOf(only), role: 'rep' })
    await expect(deactivateMember(second, { memberId: idOf(second) })).rejects.toMatchObject({ code: 'last-admin' })
  })

  it('is the administrator’s alone', async () => {
    const org = await anOrganisation()
    const memberId = await aMember(org)
    for (const role of ['manager', 'marketer', 'rep', 'partner'] as const) {
      await expect(changeRole(await org.as(role), { memberId, role: 'admin' })).rejects.toMatchObject({ code: 'not-allowed' })
    }
  })
})

describe('deactivateMember', () => {
  standingCases(deactivateMember, { input: async (owner) => ({ memberId: await aMember(owner) }) })

  it('ends access on the next request, tells the others, and twice changes nothing', async () => {
    const org = await anOrganisation()
    const admin = await org.as('admin')
    const rep = await org.as('rep')
    const memberId = idOf(rep)
    const userId = rep.actor.kind === 'user' ? rep.actor.userId : ''
    expect(await membershipsOf(userId)).toHaveLength(1)
    await deactivateMember(admin, { memberId })
    await deactivateMember(admin, { memberId })
    expect(await actorOf(org.orgId, memberId, NOON)).toBeNull()
    expect(await membershipsOf(userId)).toEqual([])
    expect(await auditOf(memberId)).toHaveLength(1)
    const events = await asSuperuser((tx) => tx.select().from(outbox).where(eq(outbox.orgId, org.orgId)))
    expect(events).toMatchObject([{ name: 'member.deactivated', payload: { memberId } }])
  })
})

describe('reactivateMember', () => {
  standingCases(reactivateMember, {
    input: async (owner) => {
      const memberId = await aMember(owner)
      await deactivateMember(owner.system, { memberId })
      return { memberId }
    },
  })

  it('lets somebody in again in the role they had', async () => {
    const org = await anOrganisation()
    const memberId = await aMember(org, 'manager')
    await deactivateMember(org.system, { memberId })
    await reactivateMember(org.system, { memberId })
    expect(await actorOf(org.orgId, memberId, NOON)).toMatchObject({ role: 'manager' })
    expect((await auditOf(memberId)).map(({ action }) => action).sort()).toEqual(['member.deactivate', 'member.reactivate'])
  })
})

describe('moveToTeam', () => {
  standingCases(moveToTeam, { input: async (owner) => ({ memberId: await aMember(owner), teamId: (await createTeam(owner.system, { name: 'North' })).teamId }) })

  it('puts a member into a team and out of it, never into one of another organisation', async () => {
    const org = await anOrganisation()
    const other = await anOrganisation()
    const memberId = await aMember(org)
    const { teamId } = await createTeam(org.system, { name: 'North' })
    await moveToTeam(org.system, { memberId, teamId })
    expect(await actorOf(org.orgId, memberId, NOON)).toMatchObject({ teamId })
    const { teamId: foreign } = await createTeam(other.system, { name: 'North' })
    await expect(moveToTeam(org.system, { memberId, teamId: foreign })).rejects.toMatchObject({ code: 'not-found' })
    await moveToTeam(org.system, { memberId, teamId: null })
    expect(await actorOf(org.orgId, memberId, NOON)).toMatchObject({ teamId: null })
  })
})

describe('listMembers', () => {
  standingCases(listMembers, { input: async (owner) => { await aMember(owner); return {} }, foreign: (members) => expect(members).toEqual([]) })

  it('lists active members by name, deactivated ones last', async () => {
    const org = await anOrganisation()
    for (const name of ['周敏', 'Anna', '阿明']) await org.as('rep', { name })
    const gone = await org.as('rep', { name: 'Aaron' })
    await deactivateMember(org.system, { memberId: idOf(gone) })
    const names = (await listMembers(org.system, {})).map(({ name }) => name)
    expect(names.at(-1)).toBe('Aaron')
    expect(names.indexOf('阿明')).toBeLessThan(names.indexOf('周敏'))
  })
})

describe('addMember', () => {
  standingCases(addMember, { input: () => ({ userId: 'user-1', name: 'Wei', email: 'wei@example.com', role: 'rep' }), foreign: 'names nothing' })

  it('is the system’s alone, and gives one place to one account', async () => {
    const org = await anOrganisation()
    const input = { userId: 'user-1', name: 'Wei', email: 'Wei@Example.com', role: 'rep' as const }
    await expect(addMember(await org.as('admin'), input)).rejects.toMatchObject({ code: 'not-allowed' })
    const { memberId } = await addMember(org.system, input)
    expect(await addMember(org.system, input)).toEqual({ memberId })
    expect((await listMembers(org.system, {})).find(({ id }) => id === memberId)).toMatchObject({ email: 'wei@example.com', status: 'active' })
  })
})

it('asks nobody’s place in another organisation', async () => {
  const [org, other] = [await anOrganisation(), await anOrganisation()]
  expect(await actorOf(other.orgId, await aMember(org), NOON)).toBeNull()
  expect(await actorOf(org.orgId, newId('mem'), NOON)).toBeNull()
})

standingCases(renameMember, { input: async (owner) => ({ memberId: await aMember(owner), name: 'Other' }) })

it('renames a person in the account and in every organisation', async () => {
  const account = await anAccount()
  const orgs = [await anOrganisation(), await anOrganisation()]
  for (const org of orgs) await addMember(org.system, { userId: account.userId, name: account.name, email: account.email, role: 'rep' })
  await renameSelf(account.userId, ' Wei  Zhang-Li ', NOON)
  expect((await accountRow(account.userId))?.name).toBe('Wei  Zhang-Li')
  for (const org of orgs) expect((await listMembers(org.system, {})).map(({ name }) => name)).toEqual(['Wei  Zhang-Li'])
})
