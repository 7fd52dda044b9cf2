import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { can } from '~/domain/kernel'
import { actorOf, createOrganisation, createTeam, listTeams, moveToTeam, newOrganisationContext, organisationOf, removeTeam, renameTeam, setVisibility, updateOrganisation, visibilityOf } from '~/domain/orgs'
import { memberOf } from '~/domain/kernel'
import { auditEntries } from '~db/schema'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'

const auditOf = (subject: string) => asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.subject, subject)))

describe('createOrganisation', () => {
  standingCases(createOrganisation, { input: () => ({ name: 'Acme' }), foreign: 'names nothing' })

  it('makes an organisation of this installation’s data region', async () => {
    const ctx = newOrganisationContext('test', NOON)
    const { orgId } = await createOrganisation(ctx, { name: '晨光机械', locale: 'zh-CN' })
    expect(await organisationOf(ctx)).toEqual({ id: orgId, name: '晨光机械', locale: 'zh-CN', timeZone: 'Asia/Shanghai', currency: 'CNY', isDemo: false })
    expect(await auditOf(orgId)).toMatchObject([{ action: 'organisation.create' }])
  })

  it('refuses another region, whoever asks but the system, and what is no zone or currency', async () => {
    await expect(createOrganisation(newOrganisationContext('test', NOON), { name: 'A', dataRegion: 'eu' })).rejects.toMatchObject({ code: 'wrong-region' })
    const org = await anOrganisation()
    await expect(createOrganisation(await org.as('admin'), { name: 'A' })).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(createOrganisation(newOrganisationContext('test', NOON), { name: 'A', timeZone: 'Mars/Olympus' })).rejects.toMatchObject({ code: 'invalid', fields: { timeZone: ['not-a-time-zone'] } })
    await expect(createOrganisation(newOrganisationContext('test', NOON), { name: 'A', currency: 'yuan' })).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('updateOrganisation', () => {
  const input = { name: 'Acme Ltd', locale: 'en', timeZone: 'Europe/London', currency: 'GBP' } as const
  standingCases(updateOrganisation, { input: () => input, foreign: 'names nothing' })

  it('changes them, and says so in the log', async () => {
    const org = await anOrganisation()
    await updateOrganisation(await org.as('admin'), input)
    expect(await organisationOf(org.system)).toMatchObject(input)
    expect((await auditOf(org.orgId))[0]?.changes).toMatchObject({ timeZone: { before: 'Asia/Shanghai', after: 'Europe/London' } })
    await expect(updateOrganisation(await org.as('manager'), input)).rejects.toMatchObject({ code: 'not-allowed' })
  })
})

describe('teams', () => {
  const aTeam = async (owner: { system: Parameters<typeof createTeam>[0] }) => (await createTeam(owner.system, { name: 'North' })).teamId
  standingCases(createTeam, { input: () => ({ name: 'North' }), foreign: 'names nothing' })
  standingCases(renameTeam, { input: async (owner) => ({ teamId: await aTeam(owner), name: 'South' }) })
  standingCases(removeTeam, { input: async (owner) => ({ teamId: await aTeam(owner) }) })
  standingCases(listTeams, { input: async (owner) => { await aTeam(owner); return {} }, foreign: (teams) => expect(teams).toEqual([]) })

  it('have names of their own and go when nobody is in them', async () => {
    const org = await anOrganisation()
    const teamId = await aTeam(org)
    await expect(createTeam(org.system, { name: 'North' })).rejects.toMatchObject({ code: 'name-taken' })
    const { teamId: south } = await createTeam(org.system, { name: 'South' })
    await expect(renameTeam(org.system, { teamId: south, name: 'North' })).rejects.toMatchObject({ code: 'name-taken' })
    await renameTeam(org.system, { teamId: south, name: 'East' })
    const rep = await org.as('rep')
    await moveToTeam(org.system, { memberId: memberOf(rep.actor) ?? 'mem_', teamId })
    expect(await listTeams(org.system, {})).toEqual([{ id: south, name: 'East', activeMembers: 0 }, { id: teamId, name: 'North', activeMembers: 1 }])
    await expect(removeTeam(org.system, { teamId })).rejects.toMatchObject({ code: 'conflict' })
    await removeTeam(org.system, { teamId: south })
    expect(await listTeams(org.system, {})).toHaveLength(1)
    expect((await auditOf(south)).map(({ action }) => action).sort()).toEqual(['team.create', 'team.remove', 'team.rename'])
  })
})

describe('visibility', () => {
  standingCases(setVisibility, { input: () => ({ role: 'rep', resource: 'leads', scope: 'team' }), foreign: 'names nothing' })
  standingCases(visibilityOf, { input: () => ({}), foreign: 'names nothing' })

  it('has defaults, and a rule of the organisation holds from the next request', async () => {
    const org = await anOrganisation()
    const rep = memberOf((await org.as('rep')).actor) ?? 'mem_'
    expect(await actorOf(org.orgId, rep, NOON)).toMatchObject({ visibility: { leads: 'own', reports: 'own' } })
    await setVisibility(await org.as('admin'), { role: 'rep', resource: 'leads', scope: 'team' })
    expect(await actorOf(org.orgId, rep, NOON)).toMatchObject({ visibility: { leads: 'team', reports: 'own' } })
    expect((await visibilityOf(await org.as('manager'), {})).rep).toEqual({ leads: 'team', reports: 'own' })
    await setVisibility(org.system, { role: 'rep', resource: 'leads', scope: 'team' })
    expect(await auditOf(org.orgId)).toHaveLength(1)
  })

  it('belongs to one organisation', async () => {
    const [org, other] = [await anOrganisation(), await anOrganisation()]
    await setVisibility(org.system, { role: 'manager', resource: 'reports', scope: 'own' })
    expect((await visibilityOf(other.system, {})).manager.reports).toBe('all')
    const manager = await org.as('manager')
    expect(can(manager.actor, 'settings:read')).toBe(true)
  })
})
