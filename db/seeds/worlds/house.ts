import { addDays, localDate } from '~/lib/period'
import type { Id } from '~/lib/ids'
import type { WorkCalendar } from '~/lib/working-time'
import type { Chance } from './random'
import type { WorldRows } from './rows'
import { furnishOffice } from './office'
import type { ChannelStory, MemberStory, World } from './world'

export type Seat = { id: Id<'mem'>; role: MemberStory['role']; name: string; pace: number; story: MemberStory }
export type Channel = { story: ChannelStory; id: Id<'ch'>; sourceId: Id<'src'>; campaigns: { id: Id<'cmp'>; name: string }[] }
/** The organisation before its first lead: who works there, what it sells, where leads come from. */
export type House = {
  orgId: Id<'org'>; seats: Seat[]; teams: ReadonlyMap<string, Id<'team'>>; channels: Channel[]; products: { id: Id<'pl'>; price: number }[]; poolId: Id<'pool'>; calendar: WorkCalendar; start: Date; end: Date
}

const DAY = 86_400_000
export const fold = (name: string) => name.normalize('NFKC').toLowerCase().trim()

/** Builds the house. `userIds` names the account of each member who signs in, by the local part of the address. */
export function buildHouse(world: World, chance: Chance, rows: WorldRows, about: { orgId: Id<'org'>; end: Date; region: string; userIds: Map<string, string> }): House {
  const { orgId, end } = about
  const start = new Date(end.getTime() - world.days * DAY)
  rows.organisations.push({
    orgId, name: world.name, locale: world.locale, timeZone: world.timeZone, currency: world.currency, dataRegion: about.region, isDemo: true, createdAt: start,
  })
  const teams = new Map(world.teams.map((name) => [name, chance.id('team', start)]))
  for (const [name, id] of teams) rows.teams.push({ orgId, id, name, createdAt: start })
  const seats = world.members.map((member) => {
    const id = chance.id('mem', start)
    const userId = about.userIds.get(member.local) ?? `demo-${world.key}-${member.local}`
    rows.members.push({
      orgId, id, userId, role: member.role, teamId: member.team === undefined ? null : (teams.get(member.team) ?? null), name: member.name,
      email: `${member.local}@${world.mailDomain}`, status: 'active', createdAt: start,
    })
    return { id, role: member.role, name: member.name, pace: chance.around(1, 0.5), story: member }
  })
  const { poolId, calendar } = furnishOffice(world, chance, rows, { orgId, start, end, seats })
  const products = world.products.map(({ name, price }, index) => {
    const id = chance.id('pl', start)
    rows.productLines.push({ orgId, id, name, key: fold(name), isDefault: index === 0, createdAt: start })
    return { id, price }
  })
  const channels = world.channels.map((story) => openChannel(world, chance, rows, { orgId, start, end, story }))
  countExposures(world, chance, rows, orgId, end)
  return { orgId, seats, teams, channels, products, poolId, calendar, start, end }
}

function openChannel(world: World, chance: Chance, rows: WorldRows, about: { orgId: Id<'org'>; start: Date; end: Date; story: ChannelStory }): Channel {
  const { orgId, start, story } = about
  const id = chance.id('ch', start)
  rows.channels.push({ orgId, id, kind: story.kind, name: story.name, key: fold(story.name), createdAt: start })
  const campaigns = story.campaigns.map((name) => {
    const campaignId = chance.id('cmp', start)
    rows.campaigns.push({ orgId, id: campaignId, channelId: id, name, key: fold(name), createdAt: start })
    return { id: campaignId, name }
  })
  const sourceId = chance.id('src', start)
  rows.sources.push({
    orgId, id: sourceId, connector: story.connector, name: story.name, key: `demo${sourceId.slice(4)}`, channelId: id, leadRule: story.leadRule ?? 'always',
    defaultCountry: world.country, settings: story.settings ?? {}, status: 'active', createdAt: start,
  })
  // Watched from the beginning: what is usual of it is learned when the world is loaded.
  if (story.connector !== 'partner-portal') rows.sourceWatches.push({ orgId, sourceId, lookedAt: new Date(about.end.getTime() - 5 * 60_000), watchedFrom: start })
  return { story, id, sourceId, campaigns }
}

function countExposures(world: World, chance: Chance, rows: WorldRows, orgId: Id<'org'>, end: Date): void {
  const today = localDate(end, world.timeZone)
  for (const channel of rows.channels) {
    const daily = world.channels.find((story) => story.name === channel.name)?.daily
    if (daily === undefined) continue
    for (let back = world.days; back > 0; back -= 1) {
      const day = addDays(today, -back)
      const level = chance.around(1, 0.18) * ([0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay()) ? 0.6 : 1)
      rows.exposures.push({
        orgId, id: chance.id('xps', end), day, channelId: channel.id, impressions: Math.round(daily[0] * level), clicks: Math.round(daily[1] * level * chance.around(1, 0.1)),
      })
    }
  }
}
