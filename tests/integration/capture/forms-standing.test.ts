import { expect } from 'vitest'
import { archiveForm, askConfirmation, confirmSubmission, createForm, discardSubmission, formDetail, listForms, listFormSubmissions, publishForm, releaseSubmission, updateForm } from '~/domain/capture'
import { createChannel } from '~/domain/channels'
import { env } from '~/platform/env'
import { hmacSha256 } from '~/platform/crypto'
import { standingCases } from '~tests/support/standing-cases'
import type { TestOrganisation } from '~tests/support/organisations'
import { aForm, LI } from './a-form'
import { deliveryIds, processAll } from './a-source'

const oneForm = async (owner: TestOrganisation) => ({ formId: (await aForm(owner)).formId })
const oneHeld = async (owner: TestOrganisation) => {
  const form = await aForm(owner)
  await form.post({ ...LI, fax_number: '1' })
  await processAll(owner)
  return { formId: form.formId, deliveryId: (await deliveryIds(owner)).at(-1)! }
}
const oneUnconfirmed = async (owner: TestOrganisation) => {
  const form = await aForm(owner, { doubleOptIn: true })
  await form.post(LI)
  await processAll(owner)
  const deliveryId = (await deliveryIds(owner)).at(-1)!
  await askConfirmation(owner.system, { deliveryId })
  return { formId: form.formId, deliveryId, token: hmacSha256(env().SESSION_SECRET[0]!, `confirm ${deliveryId}`).toString('base64url') }
}

standingCases(createForm, { input: async (owner) => ({ name: 'Contact', channelId: (await createChannel(owner.system, { name: 'Web', kind: 'content' })).channelId }) })
standingCases(updateForm, { input: async (owner) => ({ ...(await oneForm(owner)), definition: { minSeconds: 5 } }) })
standingCases(publishForm, { input: oneForm })
standingCases(archiveForm, { input: async (owner) => ({ ...(await oneForm(owner)), isArchived: true }) })
standingCases(formDetail, { input: oneForm })
standingCases(listForms, { input: async (owner) => { await oneForm(owner); return {} }, foreign: (forms) => expect(forms).toEqual([]) })
standingCases(listFormSubmissions, { input: async (owner) => ({ formId: (await oneHeld(owner)).formId }), foreign: (rows) => expect(rows).toEqual([]) })
standingCases(releaseSubmission, { input: async (owner) => ({ deliveryId: (await oneHeld(owner)).deliveryId }) })
standingCases(discardSubmission, { input: async (owner) => ({ deliveryId: (await oneHeld(owner)).deliveryId }) })
standingCases(askConfirmation, { input: async (owner) => ({ deliveryId: (await oneUnconfirmed(owner)).deliveryId }) })
standingCases(confirmSubmission, { input: async (owner) => { const { formId, token } = await oneUnconfirmed(owner); return { formId, token } } })
