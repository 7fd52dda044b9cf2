import { expect } from 'vitest'
import { archiveCampaign, archiveChannel, createCampaign, createChannel, ensureChannel, listCampaigns, listChannels, recordExposures, renameCampaign, renameChannel, restoreCampaign, restoreChannel } from '~/domain/channels'
import { standingCases } from '~tests/support/standing-cases'
import type { TestOrganisation } from '~tests/support/organisations'

const aChannel = (owner: TestOrganisation) => createChannel(owner.system, { name: 'Web', kind: 'content' })
const aCampaign = async (owner: TestOrganisation) => createCampaign(owner.system, { ...(await aChannel(owner)), name: 'Spring' })

standingCases(createChannel, { input: () => ({ name: 'Web', kind: 'content' as const }), foreign: 'names nothing' })
standingCases(ensureChannel, { input: () => ({ name: 'Web' }), foreign: 'names nothing' })
standingCases(renameChannel, { input: async (owner) => ({ ...(await aChannel(owner)), name: 'Site' }) })
standingCases(archiveChannel, { input: aChannel })
standingCases(restoreChannel, { input: aChannel })
standingCases(listChannels, { input: async (owner) => { await aChannel(owner); return {} }, foreign: (channels) => expect(channels).toEqual([]) })
standingCases(createCampaign, { input: async (owner) => ({ ...(await aChannel(owner)), name: 'Spring' }) })
standingCases(renameCampaign, { input: async (owner) => ({ ...(await aCampaign(owner)), name: 'Summer' }) })
standingCases(archiveCampaign, { input: aCampaign })
standingCases(restoreCampaign, { input: aCampaign })
standingCases(listCampaigns, { input: async (owner) => { await aCampaign(owner); return {} }, foreign: (campaigns) => expect(campaigns).toEqual([]) })
standingCases(recordExposures, {
  input: async (owner) => ({ rows: [{ day: '2024-05-01', ...(await aChannel(owner)), campaignId: null, impressions: 10, clicks: 1 }] }),
})
