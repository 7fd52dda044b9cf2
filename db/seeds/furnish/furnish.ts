import { advanceBulk, pinView, saveView, startBulk } from '~/domain/views'
import { publishDraft, saveDraft } from '~/domain/assignment'
import { watchSource } from '~/domain/capture'
import { systemContext, type Context } from '~/domain/kernel'
import { learnQueueRates } from '~/domain/leads'
import { mergePeople } from '~/domain/merging'
import { defaultVisibility } from '~/domain/orgs/vocabulary'
import { matchPerson } from '~/domain/people'
import { createPolicy, keepClocks } from '~/domain/sla'
import { ruleSetOf, type Seat, type ToldWorld, type World } from '../worlds'
import { furnishForm } from './furnish-form'
import { keepCards } from './keep-cards'

const DAY = 86_400_000
/** Clocks are kept for what came in this long ago; older waits are over. */
const CLOCKED_DAYS = 30
const BULK_LEADS = 8
/** So many pairs are weighed: each is compared with all who share a key with it. */
const LOOKED_AT = 6

/**
 * What a told organisation has made of its rows, said through the verbs as its people say it: rules, promises and their
 * clocks, a form with what came by it, lists, a change of many leads, pairs to look at, one merge, score cards, and what is usual.
 */
export async function furnish(world: World, told: ToldWorld): Promise<void> {
  const { house } = told
  const system = systemContext(house.orgId, 'demo', house.end)
  await layDownRules(world, told)
  await promise(world, told, system)
  await furnishForm(world, house, as(told, 'marketer', house.end))
  await keepLists(world, told)
  await changeMany(world, told)
  await findPairs(told, system)
  for (const { sourceId } of told.rows.sourceWatches) await watchSource(system, { sourceId })
  await keepCards(world, house, (who, now) => as(told, who, now))
  await learnQueueRates(system, {})
}

/** Somebody of the house, acting at a moment; `who` is the local part of their address. */
function as({ house, rows }: ToldWorld, who: string, now: Date): Context {
  const seat = house.seats.find(({ story }) => story.local === who) as Seat
  const member = rows.members.find(({ id }) => id === seat.id)
  return {
    orgId: house.orgId, now, requestId: 'demo',
    actor: { kind: 'user', userId: member?.userId ?? '', memberId: seat.id, role: seat.role, teamId: member?.teamId ?? null, visibility: defaultVisibility[seat.role] },
  }
}

// In force since the first lead; the draft beside them was begun yesterday.
async function layDownRules(world: World, told: ToldWorld): Promise<void> {
  const { house, rules } = told
  const published = await saveDraft(as(told, 'manager', house.start), { rules })
  await publishDraft(as(told, 'manager', house.start), published)
  const drafted = world.rules.map((rule) => (rule.key === world.drafted.key ? world.drafted : rule))
  await saveDraft(as(told, 'manager', new Date(house.end.getTime() - DAY)), { rules: ruleSetOf(world, house, drafted) })
}

async function promise(world: World, told: ToldWorld, system: Context): Promise<void> {
  const { house, rows } = told
  for (const { channelKinds, stages, ...terms } of world.policies) {
    await createPolicy(as(told, 'admin', house.start), { ...terms, channelKinds: channelKinds ?? [], stages: stages ?? [] })
  }
  const recent = rows.leads.filter(({ cameInAt }) => cameInAt.getTime() > house.end.getTime() - CLOCKED_DAYS * DAY)
  await keepClocks(system, recent.map(({ id }) => id))
}

async function keepLists(world: World, told: ToldWorld): Promise<void> {
  const at = new Date(told.house.end.getTime() - 9 * DAY)
  for (const { who, name, scope, search, isPinned } of world.views) {
    const { viewId } = await saveView(as(told, who, at), { name, scope, search })
    if (isPinned === true) await pinView(as(told, who, at), { viewId, pinned: true })
  }
}

async function changeMany(world: World, told: ToldWorld): Promise<void> {
  const { house, rows } = told
  const since = new Date(house.end.getTime() - 3 * 3_600_000)
  const event = house.channels.filter(({ story }) => story.kind === 'event').map(({ id }) => id)
  const picked = rows.leads.filter(({ channelId, isOpen, ownerId }) => isOpen && ownerId !== null && event.some((id) => id === channelId)).slice(-BULK_LEADS)
  if (picked.length === 0) return
  const { bulkId } = await startBulk(as(told, 'manager', since), { deed: { action: 'note', note: world.bulkNote }, target: { picked: picked.map(({ id }) => ({ leadId: id, version: 1 })) } })
  await advanceBulk(systemContext(house.orgId, 'run-bulk', since), { bulkId })
}

// The first pair was found to be one already; the others wait for somebody to look.
async function findPairs(told: ToldWorld, system: Context): Promise<void> {
  const pairs = told.pairs.slice(-LOOKED_AT)
  for (const { first, second } of pairs) {
    await matchPerson(system, { personId: first })
    await matchPerson(system, { personId: second })
  }
  const [pair] = pairs
  if (pair !== undefined) await mergePeople(as(told, 'manager', told.house.end), { keptId: pair.first, goneId: pair.second })
}

