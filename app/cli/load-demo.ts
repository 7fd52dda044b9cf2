import { accountOf, createAccount, deleteAccount, setOperator } from '~/domain/auth'
import { membershipsOf } from '~/domain/orgs'
import { purgeOrganisation } from '~/domain/privacy'
import type { DemoAccount } from './demo'
import { newId, type Id } from '~/lib/ids'
import { systemClock } from '~/platform/clock'
import { randomToken } from '~/platform/crypto'
import { env } from '~/platform/env'
import { serveAs } from '~db/client.server'
import { furnish } from '~db/seeds/furnish/furnish'
import { loadRows } from '~db/seeds/load'
import { tell, worlds, type World } from '~db/seeds/worlds'

export type LoadedWorld = { orgId: Id<'org'>; organisation: string; rows: number; accounts: DemoAccount[] }
type Told = (line: string) => void

/** Loads every told world. The one password is random and of this installation alone. */
export async function loadDemoWorlds(told: Told = () => undefined): Promise<DemoAccount[]> {
  serveAs('worker')
  const password = randomToken(12)
  const accounts: DemoAccount[] = []
  for (const world of worlds) accounts.push(...(await loadDemoWorld(world, password, told)).accounts)
  return accounts
}

/** Loads one told world as an organisation of its own: accounts first, then all its rows at once, then what its people made of them. */
export async function loadDemoWorld(world: World, password: string, told: Told): Promise<LoadedWorld> {
  await clearRemains(world)
  const orgId = newId('org')
  const { accounts, userIds } = await openAccounts(world, password)
  const tale = tell(world, { orgId, end: systemClock.now(), region: env().DATA_REGION, userIds })
  told(`${world.name}: ${tale.rows.leads.length} leads`)
  const rows = await loadRows(orgId, tale.rows)
  await furnish(world, tale)
  return { orgId, organisation: world.name, rows, accounts }
}

/** A load that was killed half-way leaves accounts, or an organisation nobody was told the password of. */
async function clearRemains(world: World): Promise<void> {
  for (const member of world.members.filter((one) => one.signsIn)) {
    const known = await accountOf(`${member.local}@${world.mailDomain}`)
    if (known === null) continue
    const demos = (await membershipsOf(known.userId)).filter((membership) => membership.isDemo)
    for (const { orgId } of demos) await purgeOrganisation(orgId, { demoOnly: true })
    if (demos.length === 0) await deleteAccount(known.userId)
  }
}

async function openAccounts(world: World, password: string): Promise<{ accounts: DemoAccount[]; userIds: Map<string, string> }> {
  const accounts: DemoAccount[] = []
  const userIds = new Map<string, string>()
  for (const member of world.members.filter((one) => one.signsIn)) {
    const email = `${member.local}@${world.mailDomain}`
    const { userId } = await createAccount({ name: member.name, email, password }, systemClock.now())
    if (member.role === 'admin') await setOperator({ email, isOperator: true }, systemClock.now())
    userIds.set(member.local, userId)
    accounts.push({ organisation: world.name, name: member.name, role: member.role, email, password })
  }
  return { accounts, userIds }
}
