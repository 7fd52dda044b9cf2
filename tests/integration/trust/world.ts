import { createHmac } from 'node:crypto'
import { createApiKey } from '~/domain/auth'
import { cookieName } from '~/domain/auth/cookies'
import type { ApiKeyScope } from '~/domain/auth/vocabulary'
import { advanceImport, createForm, createLead, processDelivery, publishForm, submitForm, updateForm, uploadImport, startImport } from '~/domain/capture'
import { createCampaign, createChannel } from '~/domain/channels'
import { systemContext } from '~/domain/kernel'
import { saveDraft } from '~/domain/assignment'
import { addNote, createField, createPool, createProductLine, keepDisposition, leadDetail, logContact, moveStage } from '~/domain/leads'
import { mergePeople } from '~/domain/merging'
import { keepTemplate, sendLeadMail } from '~/domain/outreach'
import { identityKey } from '~/domain/people/contacts/reach'
import { actorOf, createTeam } from '~/domain/orgs'
import { cardTemplates, createCard } from '~/domain/scoring'
import { createPolicy } from '~/domain/sla'
import { addRobot, sendTestNotice } from '~/domain/notifications'
import { createTask } from '~/domain/tasks'
import { saveView, startBulk } from '~/domain/views'
import type { Role } from '~/domain/orgs/vocabulary'
import { newId, newUuid, type Id } from '~/lib/ids'
import { randomToken, sha256 } from '~/platform/crypto'
import { receiptOf } from '~/domain/capture/receipt'
import { normalizeEmail } from '~/lib/email'
import { env } from '~/platform/env'
import { invitations, leadPhotos, members } from '~db/schema'
import { session, user } from '~db/schema/auth'
import { aStandardSource, deliveryIds, rowsIn } from '~tests/integration/capture/a-source'
import type { Names } from '~tests/support/authz-policy'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON, type TestOrganisation } from '~tests/support/organisations'

export type Person = { userId: string; memberId: Id<'mem'>; role: Role }
export type World = { mark: string; org: TestOrganisation; names: Names; people: Record<Role, Person>; gone: Person; secrets: string[] }

/** A member who can sign in. */
export async function aPerson(org: TestOrganisation, role: Role, mark: string, status: 'active' | 'deactivated' = 'active'): Promise<Person> {
  const person = { userId: newUuid(), memberId: newId('mem'), role }
  const name = `${mark} ${role} name`
  const email = `${person.memberId}@${mark.replaceAll('_', '-')}.example.com`.toLowerCase()
  const now = new Date()
  await asSuperuser(async (tx) => {
    await tx.insert(user).values({ id: person.userId, name, email, emailVerified: true, createdAt: now, updatedAt: now })
    await tx.insert(members).values({ orgId: org.orgId, id: person.memberId, userId: person.userId, role, name, email, status, createdAt: NOON })
  })
  return person
}

/** A new session of a person: its row, and the cookie a browser would send. */
export async function aSession(userId: string, ageMs = 0): Promise<{ sessionId: string; token: string; cookie: string }> {
  const sessionId = newUuid()
  const token = randomToken(24)
  const at = new Date(Date.now() - ageMs)
  await asSuperuser((tx) => tx.insert(session).values({ id: sessionId, token, userId, expiresAt: new Date(at.getTime() + 30 * 86_400_000), createdAt: at, updatedAt: at }))
  // Signed here by hand as RFC 2104 says, apart from the code under test.
  const signature = createHmac('sha256', env().SESSION_SECRET[0] ?? '').update(token).digest('base64')
  return { sessionId, token, cookie: `${cookieName('session')}=${encodeURIComponent(`${token}.${signature}`)}` }
}

/** An organisation with one of everything, every text of it marked: whoever reads the mark has seen it. */
export async function aTrustWorld(mark: string): Promise<World> {
  const org = await anOrganisation({ name: `${mark} org` })
  const { system } = org
  const people = {} as World['people']
  for (const role of ['admin', 'manager', 'marketer', 'rep', 'partner'] as const) people[role] = await aPerson(org, role, mark)
  const gone = await aPerson(org, 'admin', mark, 'deactivated')
  const spare = await aPerson(org, 'marketer', `${mark} spare`)
  const { teamId } = await createTeam(system, { name: `${mark} team` })
  const { productLineId } = await createProductLine(system, { name: `${mark} line` })
  const { channelId } = await createChannel(system, { name: `${mark} channel`, kind: 'content' })
  const { campaignId } = await createCampaign(system, { channelId, name: `${mark} campaign` })
  const source = await aStandardSource(org, { name: `${mark} source`, channelId, productLineId, ownerId: people.rep.memberId })
  await source.post({ data: {
    external_id: `${mark} external`, full_name: `${mark} person`, title: `${mark} title`, email: `${mark}@corp-${mark.replaceAll('_', '-')}.com`, phone: '13800138000',
    company: `${mark} company`, city: `${mark} city`, message: `${mark} message`, landing_page: `https://example.com/?utm_source=${mark}`, campaign: `${mark} campaign`, extra_question: `${mark} answer`,
  } })
  const [deliveryId] = await deliveryIds(org)
  if (!deliveryId) throw new Error('no delivery')
  const { leadId } = await processDelivery(systemContext(org.orgId, 'process-delivery', NOON), { deliveryId })
  if (!leadId) throw new Error('no lead')
  const rep = { ...system, actor: { kind: 'user' as const, userId: people.rep.userId, memberId: people.rep.memberId, role: 'rep' as const, teamId: null, visibility: { leads: 'own' as const, reports: 'own' as const } } }
  await addNote(rep, { leadId, note: `${mark} note` })
  const { activityId } = await logContact(rep, { leadId, kind: 'call', outcome: 'connected', note: `${mark} call` })
  const moved = await moveStage(system, { leadId, to: 'lost', reason: 'other' }).catch(() => moveStage(system, { leadId, to: 'qualified', isImported: true }))
  const form = await createForm(system, { name: `${mark} form`, channelId })
  await updateForm(system, { formId: form.formId, definition: { origins: ['https://www.example.com'], title: { en: `${mark} form` } } })
  await publishForm(system, { formId: form.formId })
  await submitForm({
    formKey: form.formKey, isOwnPage: true, ip: '203.0.113.1', requestId: 'test', now: NOON, headers: { 'content-type': 'application/json' },
    raw: Buffer.from(JSON.stringify({ full_name: `${mark} submitter`, email: 'submitter@example.org', message: `${mark} words`, fax_number: '1' })),
  })
  const submissionId = (await deliveryIds(org)).at(-1) ?? ''
  await processDelivery(systemContext(org.orgId, 'process-delivery', NOON), { deliveryId: submissionId as never })
  const { importId } = await uploadImport(system, { kind: 'leads', fileName: `${mark} file.csv`, content: Buffer.from(`id,name,phone\n${mark}-1,${mark} imported,13900139000\n`) })
  await advanceImport(system, { importId })
  await startImport(system, { importId })
  await advanceImport(system, { importId })
  const scopes: ApiKeyScope[] = ['leads:read']
  const { keyId, key } = await createApiKey(system, { name: `${mark} key`, scopes })
  const token = randomToken()
  const invitationId = newId('inv')
  await asSuperuser((tx) => tx.insert(invitations).values({
    orgId: org.orgId, id: invitationId, email: `${mark}@invited.example.com`.toLowerCase(), role: 'rep', tokenHash: sha256(`invitation ${token}`).toString('hex'), createdAt: NOON, expiresAt: new Date(Date.now() + 86_400_000),
  }))
  const own = await aSession(people.admin.userId)
  const personId = (await leadDetail(system, { leadId })).people[0]?.id ?? newId('per')
  const { fromUuid } = await import('~/lib/ids')
  const [companyRow] = await rowsIn<{ id: string }>(org, 'companies')
  const asked = [await createLead(system, { phone: '13700137001', full_name: `${mark} one` }), await createLead(system, { phone: '13700137002', full_name: `${mark} other` })]
  const [keptId, goneId] = await Promise.all(asked.map(async (each) => (await leadDetail(system, { leadId: each.leadId ?? leadId })).people[0]?.id ?? newId('per')))
  const { mergeId } = await mergePeople(system, { keptId: keptId ?? newId('per'), goneId: goneId ?? newId('per') })
  const { taskId } = await createTask(system, { leadId, title: `${mark} task`, dueAt: new Date('2099-01-01T00:00:00Z') })
  const { dispositionId } = await keepDisposition(system, { outcome: 'replied', labelEn: `${mark} outcome`, counts: true })
  const photoId = newId('pho')
  await asSuperuser((tx) => tx.insert(leadPhotos).values({ orgId: org.orgId, id: photoId, leadId, contentType: 'image/png', bytes: Buffer.from(`${mark} photo`), addedAt: NOON }))
  const actor = await actorOf(org.orgId, people.admin.memberId, NOON)
  const admin = actor === null ? system : { ...system, actor }
  const { viewId } = await saveView(admin, { name: `${mark} view`, scope: 'organisation', search: '' })
  const { bulkId } = await startBulk(admin, { deed: { action: 'note', note: `${mark} bulk` }, target: { picked: [{ leadId, version: 1 }] } })
  const { fieldId } = await createField(system, { kind: 'text', labelEn: `${mark} field` })
  const { poolId } = await createPool(system, { name: `${mark} pool` })
  const ruleKey = `r-${poolId.slice(-12)}`
  const { draftId } = await saveDraft(system, { rules: { rules: [{ key: ruleKey, name: 'Pool', to: { kind: 'pool', poolId } }] } })
  const { cardId } = await createCard(system, { from: { kind: 'template', template: 'general' }, note: `${mark} card` })
  const { policyId } = await createPolicy(system, { name: `${mark} promise`, firstMinutes: 30 })
  const { robotId } = await addRobot(system, { kind: 'wecom', name: `${mark} robot`, address: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x', topics: ['lead_lost'], locale: 'en' })
  await sendTestNotice(admin, {})
  const [notice] = await rowsIn<{ id: string }>(org, 'notices')
  const { templateId } = await keepTemplate(system, { name: `${mark} template`, locale: 'en', subject: `${mark} {{ person.fullName }}`, body: `${mark} mail` })
  const mailTo = identityKey(org.orgId, 'email', normalizeEmail(`${mark}@corp-${mark.replaceAll('_', '-')}.com`)?.key ?? '')
  const { mailId: sentMailId } = await sendLeadMail(rep, { leadId, personId, to: mailTo, subject: `${mark} subject`, body: `${mark} body`, templateId })
  const names: Names = {
    cardId, lineKey: cardTemplates[0]?.terms.lines[0]?.key ?? '', policyId, robotId, noticeId: fromUuid('ntc', notice?.id ?? ''), templateId, mailTo, sentMailId,
    taskId, dispositionId, photoId, viewId, bulkId, fieldId,
    leadId, personId, companyId: fromUuid('co', companyRow?.id ?? ''), mergeId, activityId, moveId: moved.moveId ?? '', sourceId: source.sourceId, deliveryId, channelId, campaignId, productLineId,
    importId, formId: form.formId, submissionId, memberId: spare.memberId, poolId, draftId, ruleKey, teamId, invitationId, keyId, sessionId: own.sessionId, token: 'A'.repeat(43), mailId: 'none', orgId: org.orgId, sourceKey: source.sourceKey, receipt: receiptOf(deliveryId),
  }
  return { mark, org, names, people, gone, secrets: [source.secret, key, token, own.token, sha256(key).toString('hex')] }
}
