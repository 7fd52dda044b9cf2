import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { addLead, checkClash, clashCap } from '~/domain/capture'
import { memberOf } from '~/domain/kernel'
import { changeOwnership, listPhotos, readPhoto } from '~/domain/leads'
import { newId } from '~/lib/ids'
import { auditEntries, contactUsage, leadPhotos } from '~db/schema'
import { aLead, later } from '~tests/integration/leads/a-lead'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'

const refusal = (work: Promise<unknown>) => work.then(() => 'none', (error: { code: string }) => error.code)
// The smallest PNG: one black point.
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==', 'base64')
const aPhoto = async (orgId: `org_${string}`, leadId: `lead_${string}`) => {
  const id = newId('pho')
  await asSuperuser((tx) => tx.insert(leadPhotos).values({ orgId, id, leadId, contentType: 'image/png', bytes: png, addedAt: NOON }))
  return { photoId: id }
}

standingCases(checkClash, { input: async (owner) => { await addLead(owner.system, { phone: '13812341234', company: 'Siemens' }); return { phone: '13812341234' } }, foreign: (answer) => expect(answer).toBeNull() })
standingCases(listPhotos, { input: async (owner) => ({ leadId: (await aLead(owner)).leadId }) })
standingCases(readPhoto, { input: async (owner) => aPhoto(owner.orgId, (await aLead(owner)).leadId) })

describe('a lead typed in by hand clashes', () => {
  it('the Committee story: on 11 March Wang types the number and is warned before saving', async () => {
    const org = await anOrganisation()
    const [li, wang, boss] = [await org.as('rep', { name: 'Li' }), await org.as('rep', { name: 'Wang' }), await org.as('manager', { name: 'Boss' })]
    const third = new Date('2024-03-03T02:00:00Z')
    const { leadId } = await addLead({ ...boss, now: third }, { phone: '138 1234 1234', company: 'Siemens AG' })
    await changeOwnership({ ...org.system, now: third }, { leadId: leadId ?? 'lead_x', to: memberOf(li.actor) })
    const eleventh = { now: new Date('2024-03-11T02:00:00Z') }
    expect(await checkClash({ ...boss, ...eleventh }, { phone: '+86 138-1234-1234' })).toEqual({ by: 'person', open: true, lead: { id: leadId, name: 'Siemens AG', owner: 'Li', since: third } })
    // A rep who may not see it hears that it is known, and nothing more.
    expect(await checkClash({ ...wang, ...eleventh }, { phone: '13812341234' })).toEqual({ by: 'person', open: true, lead: null })
    expect(await checkClash({ ...wang, ...eleventh }, { company: 'siemens' })).toMatchObject({ by: 'company', open: true, lead: null })
  })

  it('half a number says nothing and counts nothing; every find is logged without the number, and the day has an end', async () => {
    const org = await anOrganisation()
    const wang = await org.as('rep')
    await addLead(org.system, { phone: '13812341234' })
    expect(await checkClash(wang, { phone: '1381234' })).toBeNull()
    expect(await asSuperuser((tx) => tx.$count(contactUsage, eq(contactUsage.orgId, org.orgId)))).toBe(0)
    await checkClash(wang, { phone: '13812341234' })
    const log = await asSuperuser((tx) => tx.select().from(auditEntries).where(eq(auditEntries.action, 'lead.check-clash')))
    expect(log).toHaveLength(1)
    expect(JSON.stringify(log)).not.toContain('13812341234')
    await asSuperuser((tx) => tx.update(contactUsage).set({ used: clashCap }).where(eq(contactUsage.orgId, org.orgId)))
    expect(await refusal(checkClash(wang, { phone: '13800000000' }))).toBe('too-many')
    expect(await checkClash(later(wang, 24), { phone: '13812341234' })).toMatchObject({ open: true })
  })
})

describe('the photo of a card', () => {
  it('is kept with the lead and read by its owner only', async () => {
    const org = await anOrganisation()
    const [wang, boss] = [await org.as('rep'), await org.as('manager')]
    const { leadId } = await addLead(wang, { phone: '13812341234', photo: new Uint8Array(png) })
    const [photo] = await listPhotos(wang, { leadId: leadId ?? 'lead_x' })
    expect(await readPhoto(wang, { photoId: photo?.id ?? 'pho_x' })).toMatchObject({ contentType: 'image/png' })
    expect(await refusal(readPhoto(boss, { photoId: photo?.id ?? 'pho_x' }))).toBe('not-allowed')
    expect(await refusal(readPhoto(await org.as('rep'), { photoId: photo?.id ?? 'pho_x' }))).toBe('not-found')
  })

  it('that is none is refused, and nothing is saved', async () => {
    const org = await anOrganisation()
    const wang = await org.as('rep')
    expect(await refusal(addLead(wang, { phone: '13812341234', photo: new Uint8Array(Buffer.from('<svg/>')) }))).toBe('invalid')
    expect(await checkClash(wang, { phone: '13812341234' })).toBeNull()
  })
})
