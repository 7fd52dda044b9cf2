import { expect } from 'vitest'
import { addLead, countReadable, createSource, deliveryDetail, listDeliveries, listSources, pauseSource, processDeliveries, processDelivery, replayDeliveries, resumeSource, rotateSecret, sourceDetail, submitLead, updateSource } from '~/domain/capture'
import { testMessage } from '~/domain/capture/send-test'
import { createChannel } from '~/domain/channels'
import { createProductLine } from '~/domain/leads'
import { standingCases } from '~tests/support/standing-cases'
import type { TestOrganisation } from '~tests/support/organisations'
import { aStandardSource, deliveryIds } from './a-source'

const oneSource = async (owner: TestOrganisation) => ({ sourceId: (await aStandardSource(owner)).sourceId })
const oneDelivery = async (owner: TestOrganisation) => {
  const source = await aStandardSource(owner)
  await source.post({ data: { external_id: '1', email: 'a@acme.cn' } })
  const [deliveryId] = await deliveryIds(owner)
  if (!deliveryId) throw new Error('nothing was stored')
  return { deliveryId }
}
const aLine = async (owner: TestOrganisation) => ({ email: 'a@acme.cn', productLineId: (await createProductLine(owner.system, { name: 'Other' })).productLineId })

standingCases(createSource, {
  input: async (owner) => ({ connector: 'standard' as const, name: 'Form', channelId: (await createChannel(owner.system, { name: 'Web', kind: 'content' })).channelId }),
})
standingCases(updateSource, {
  input: async (owner) => ({ ...(await oneSource(owner)), name: 'Other', channelId: null, productLineId: null, ownerId: null, leadRule: 'never' as const, defaultCountry: 'DE' }),
})
standingCases(rotateSecret, { input: oneSource })
standingCases(pauseSource, { input: oneSource })
standingCases(resumeSource, { input: oneSource })
standingCases(sourceDetail, { input: oneSource })
standingCases(testMessage, { input: oneSource })
standingCases(listSources, { input: async (owner) => { await oneSource(owner); return {} }, foreign: (sources) => expect(sources).toEqual([]) })
standingCases(listDeliveries, { input: async (owner) => { await oneDelivery(owner); return {} }, foreign: ({ deliveries }) => expect(deliveries).toEqual([]) })
standingCases(countReadable, { input: async (owner) => { await oneDelivery(owner); return {} }, foreign: (count) => expect(count).toBe(0) })
standingCases(deliveryDetail, { input: oneDelivery })
standingCases(processDelivery, { input: oneDelivery })
standingCases(processDeliveries, { input: async (org) => ({ deliveryIds: [(await oneDelivery(org)).deliveryId] }) })
standingCases(replayDeliveries, { input: async (owner) => ({ deliveryIds: [(await oneDelivery(owner)).deliveryId] }) })
standingCases(submitLead, { input: aLine })
standingCases(addLead, { input: aLine })
