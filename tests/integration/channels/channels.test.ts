import { describe, expect, it } from 'vitest'
import { archiveCampaign, archiveChannel, createCampaign, createChannel, ensureChannel, listCampaigns, listChannels, recordExposures, renameCampaign, renameChannel, restoreCampaign } from '~/domain/channels'
import { createLead } from '~/domain/capture'
import { isRefusal } from '~/domain/kernel'
import { anOrganisation } from '~tests/support/organisations'
import { rowsIn } from '../capture/a-source'

const refusalOf = (work: Promise<unknown>) => work.then(() => null, (error: unknown) => (isRefusal(error) ? error.code : String(error)))

describe('channels', () => {
  it('are one per name, whatever its case', async () => {
    const org = await anOrganisation()
    const { channelId } = await createChannel(org.system, { name: 'Google Ads', kind: 'paid' })
    expect(await ensureChannel(org.system, { name: ' google  ADS ' })).toEqual({ channelId })
    expect(await refusalOf(createChannel(org.system, { name: 'GOOGLE ADS', kind: 'other' }))).toBe('name-taken')
    const made = await ensureChannel(org.system, { name: '展会' })
    expect(await refusalOf(renameChannel(org.system, { ...made, name: 'google ads' }))).toBe('name-taken')
    await renameChannel(org.system, { ...made, name: '上海展会' })
    expect((await listChannels(org.system, {})).map(({ name, kind }) => [name, kind])).toEqual([['上海展会', 'event'], ['Google Ads', 'paid']])
    await archiveChannel(org.system, { channelId })
    await archiveChannel(org.system, { channelId })
    expect((await listChannels(org.system, {})).map(({ name }) => name)).toEqual(['上海展会'])
    const actions = (await rowsIn<{ action: string }>(org, 'audit_entries')).map(({ action }) => action).sort()
    expect(actions).toEqual(['channel.archive', 'channel.create', 'channel.ensure', 'channel.rename'])
  })

  it('carry campaigns', async () => {
    const org = await anOrganisation()
    const channel = await createChannel(org.system, { name: '抖音', kind: 'paid' })
    const { campaignId } = await createCampaign(org.system, { ...channel, name: '春季' })
    await renameCampaign(org.system, { campaignId, name: '春季促销' })
    expect(await listCampaigns(org.system, channel)).toMatchObject([{ name: '春季促销' }])
  })

  it('fold archived campaigns away, count what came through each, and bring them back', async () => {
    const org = await anOrganisation()
    const channel = await createChannel(org.system, { name: '抖音', kind: 'paid' })
    const [spring, autumn] = [await createCampaign(org.system, { ...channel, name: '春季' }), await createCampaign(org.system, { ...channel, name: '秋季' })]
    await createLead(org.system, { external_id: '1', email: 'a@acme.cn', channel: '抖音', campaign: '春季' })
    await createLead(org.system, { external_id: '2', email: 'b@other.cn', channel: '抖音', campaign: '春季' })
    await archiveCampaign(org.system, spring)
    await archiveCampaign(org.system, spring)
    expect((await listCampaigns(org.system, channel)).map(({ id }) => id)).toEqual([autumn.campaignId])
    expect(await listCampaigns(org.system, { ...channel, archived: true })).toMatchObject([{ name: '秋季', leads: 0, isArchived: false }, { name: '春季', leads: 2, isArchived: true }])
    await restoreCampaign(org.system, spring)
    expect((await listCampaigns(org.system, channel)).map(({ name }) => name).sort()).toEqual(['春季', '秋季'])
    const actions = (await rowsIn<{ action: string }>(org, 'audit_entries')).map(({ action }) => action)
    expect(actions.filter((action) => action === 'campaign.archive' || action === 'campaign.restore')).toEqual(['campaign.archive', 'campaign.restore'])
  })

  it('count exposure once a day: what is said again replaces', async () => {
    const org = await anOrganisation()
    const channel = await createChannel(org.system, { name: '抖音', kind: 'paid' })
    const row = { day: '2024-05-01', ...channel, campaignId: null, impressions: 100, clicks: 5 }
    await recordExposures(org.system, { rows: [row, { ...row, day: '2024-05-02' }] })
    await recordExposures(org.system, { rows: [{ ...row, impressions: 120 }] })
    const rows = await rowsIn<{ impressions: string }>(org, 'exposures')
    expect(rows.map(({ impressions }) => Number(impressions)).sort()).toEqual([100, 120])
  })
})
