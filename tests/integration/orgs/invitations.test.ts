import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { signIn } from '~/domain/auth'
import { memberOf } from '~/domain/kernel'
import { acceptInvitation, actorOf, createTeam, deactivateMember, invitationOf, inviteMember, joinByInvitation, listInvitations, listMembers, membershipsOf, revokeInvitation } from '~/domain/orgs'
import { acceptHeld } from '~/domain/orgs/accept-invitation'
import { auditEntries, outbox } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { aBrowser, anAccount, GOOD, linkIn, mailsTo } from '../auth/accounts'

const DAY = 86_400_000
let counter = 0
const anAddress = () => `invited-${process.pid}-${Date.now()}-${(counter += 1)}@example.com`

async function invited(more: { locale?: string } = {}) {
  const org = await anOrganisation({ name: 'Acme Tools', ...more })
  const admin = await org.as('admin', { name: 'Li Na' })
  const email = anAddress()
  const { invitationId } = await inviteMember(admin, { email, role: 'marketer' })
  const [mail] = await mailsTo(email)
  return { org, admin, email, invitationId, mail, token: linkIn(mail, 'invitations') }
}

describe('inviteMember', () => {
  standingCases(inviteMember, { input: async (owner) => ({ email: anAddress(), role: 'rep', teamId: (await createTeam(owner.system, { name: 'North' })).teamId }) })

  it('mails a link that is kept as a hash only, and tells the log and the relay', async () => {
    const { org, admin, email, invitationId, mail, token } = await invited()
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(mail?.subject).toBe('Acme Tools invites you to Clew')
    expect(mail?.text).toContain('Li Na has invited you')
    const [row] = await asSuperuser((tx) => tx.execute<{ row: string }>(sql`select i::text as row from invitations i where email = ${email}`))
    expect(row?.row).not.toContain(token)
    expect(await listInvitations(admin, {})).toMatchObject([{ id: invitationId, email, role: 'marketer', expired: false, expiresAt: new Date(NOON.getTime() + 7 * DAY) }])
    const audit = await asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.subject, invitationId)))
    expect(audit).toMatchObject([{ action: 'invitation.create' }])
    expect(JSON.stringify(audit)).not.toContain(email)
    expect(await asSuperuser((tx) => tx.select().from(outbox).where(eq(outbox.orgId, org.orgId)))).toMatchObject([{ name: 'invitation.sent', payload: { invitationId } }])
  })

  it('writes in the organisation’s language', async () => {
    expect((await invited({ locale: 'zh-CN' })).mail?.subject).toBe('Acme Tools 邀请您使用 Clew 线索')
  })

  it('replaces an open invitation of the same address', async () => {
    const { admin, email, token } = await invited()
    await inviteMember({ ...admin, now: new Date(NOON.getTime() + DAY) }, { email: email.toUpperCase(), role: 'rep' })
    expect(await invitationOf(token, NOON)).toBeNull()
    expect(await listInvitations(admin, {})).toHaveLength(1)
  })

  it('refuses who is a member already, and who was deactivated', async () => {
    const org = await anOrganisation()
    const admin = await org.as('admin')
    const rep = memberOf((await org.as('rep')).actor) ?? 'mem_'
    await expect(inviteMember(admin, { email: `${rep}@example.com`, role: 'rep' })).rejects.toMatchObject({ code: 'name-taken' })
    await deactivateMember(admin, { memberId: rep })
    await expect(inviteMember(admin, { email: `${rep}@example.com`, role: 'rep' })).rejects.toMatchObject({ code: 'member-inactive' })
    await expect(inviteMember(admin, { email: 'a@example.com, b@example.com', role: 'rep' })).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('acceptInvitation', () => {
  standingCases(acceptHeld, {
    input: async (owner) => ({ ...(await inviteMember(owner.system, { email: anAddress(), role: 'rep' })), userId: 'user-1', name: 'Wei', email: 'wei@example.com' }),
  })

  it('makes an account and a member in the role given, once', async () => {
    const { org, email, token } = await invited()
    expect(await invitationOf(token, NOON)).toMatchObject({ email, role: 'marketer', hasAccount: false, organisation: { name: 'Acme Tools' } })
    const { userId, memberId } = await acceptInvitation({ token, name: 'Wei Zhang', password: GOOD }, NOON)
    expect(await actorOf(org.orgId, memberId, NOON)).toMatchObject({ userId, role: 'marketer' })
    expect((await signIn({ email, password: GOOD }, aBrowser().visit())).state).toBe('signed-in')
    await expect(acceptInvitation({ token, name: 'Wei Zhang', password: GOOD }, NOON)).rejects.toMatchObject({ code: 'link-expired' })
    expect(await listInvitations(org.system, {})).toEqual([])
  })

  it('refuses a weak password and stays open', async () => {
    const { token } = await invited()
    await expect(acceptInvitation({ token, name: 'Wei Zhang', password: 'Acme Tools 2026' }, NOON)).rejects.toMatchObject({ code: 'weak-password', fields: { password: ['context'] } })
    expect(await invitationOf(token, NOON)).not.toBeNull()
  })

  it('ends after seven days, when it is withdrawn, and for altered links', async () => {
    const { admin, invitationId, token } = await invited()
    expect(await invitationOf(token, new Date(NOON.getTime() + 7 * DAY - 1))).not.toBeNull()
    expect(await invitationOf(token, new Date(NOON.getTime() + 7 * DAY))).toBeNull()
    for (let at = 0; at < token.length; at += 1) expect(await invitationOf(token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1), NOON)).toBeNull()
    await revokeInvitation(admin, { invitationId })
    expect(await invitationOf(token, NOON)).toBeNull()
  })

  it('leaves an address with an account to its owner, who joins by signing in', async () => {
    const account = await anAccount()
    const org = await anOrganisation()
    await inviteMember(await org.as('admin'), { email: account.email, role: 'rep' })
    const token = linkIn((await mailsTo(account.email))[0], 'invitations')
    await expect(acceptInvitation({ token, name: 'Mallory', password: 'nine slow tortoises walk' }, NOON)).rejects.toMatchObject({ code: 'conflict' })
    await expect(joinByInvitation(token, await anAccount(), NOON)).rejects.toMatchObject({ code: 'not-allowed' })
    await joinByInvitation(token, account, NOON)
    expect(await membershipsOf(account.userId)).toMatchObject([{ orgId: org.orgId, role: 'rep' }])
    await expect(joinByInvitation(token, account, NOON)).rejects.toMatchObject({ code: 'link-expired' })
    expect((await listMembers(org.system, {})).map(({ email }) => email)).toContain(account.email)
  })
})

describe('revokeInvitation and listInvitations', () => {
  standingCases(revokeInvitation, { input: async (owner) => inviteMember(owner.system, { email: anAddress(), role: 'rep' }) })
  standingCases(listInvitations, { input: async (owner) => { await inviteMember(owner.system, { email: anAddress(), role: 'rep' }); return {} }, foreign: (open) => expect(open).toEqual([]) })
})
