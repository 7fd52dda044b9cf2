import { and, asc, eq } from 'drizzle-orm'
import { newId, type Id } from '~/lib/ids'
import { stripPhoto } from '~/lib/strip-photo'
import type { Tx } from '~db/client.server'
import { leadPhotos, leads } from '~db/schema'
import { DomainError, memberOf, query, type Context } from '../kernel'
import { OneLead, OnePhoto } from './contract'
import { visibleLeads } from './visible-leads'

export const mostPhotoBytes = 8 * 1024 * 1024
export type LeadPhoto = { id: Id<'pho'>; addedAt: Date }

/** Keeps a photo of a card beside a lead, cleaned. Inside the caller's transaction, which writes the audit row. Refuses `invalid` for what is no JPEG or PNG of 8 MB. */
export async function keepPhoto({ tx, orgId, actor, now }: Context & { tx: Tx }, leadId: Id<'lead'>, bytes: Uint8Array): Promise<Id<'pho'>> {
  const clean = bytes.length > mostPhotoBytes ? null : stripPhoto(bytes)
  if (clean === null) throw new DomainError('invalid', { fields: { photo: [bytes.length > mostPhotoBytes ? 'too-large' : 'not-a-photo'] } })
  const id = newId('pho')
  await tx.insert(leadPhotos).values({ orgId, id, leadId, ...clean, addedBy: memberOf(actor), addedAt: now })
  return id
}

/** Photos beside a lead, the first first, without their bytes. Refuses: not-found. */
export const listPhotos = query({
  name: 'lead.photos',
  permission: 'leads:read',
  input: OneLead,
  async run({ tx, ctx, input: { leadId } }): Promise<LeadPhoto[]> {
    const [lead] = await tx.select({ id: leads.id }).from(leads).where(and(eq(leads.id, leadId), visibleLeads(ctx)))
    if (lead === undefined) throw new DomainError('not-found')
    return tx.select({ id: leadPhotos.id, addedAt: leadPhotos.addedAt }).from(leadPhotos).where(eq(leadPhotos.leadId, leadId)).orderBy(asc(leadPhotos.addedAt), asc(leadPhotos.id))
  },
})

/**
 * One photo with its bytes, for whoever owns its lead, took it, or sees all contacts: a card is a number in another
 * spelling. Refuses: not-found, not-allowed (sees the lead, does not own it).
 */
export const readPhoto = query({
  name: 'lead.photo',
  permission: 'leads:read',
  input: OnePhoto,
  async run({ tx, ctx, input: { photoId } }): Promise<{ contentType: string; bytes: Uint8Array }> {
    const [row] = await tx.select({ photo: leadPhotos, ownerId: leads.ownerId }).from(leadPhotos)
      .innerJoin(leads, and(eq(leads.orgId, leadPhotos.orgId), eq(leads.id, leadPhotos.leadId))).where(and(eq(leadPhotos.id, photoId), visibleLeads(ctx)))
    if (row === undefined) throw new DomainError('not-found')
    const me = memberOf(ctx.actor)
    const mayRead = ctx.actor.kind === 'system' || (me !== null && (me === row.ownerId || me === row.photo.addedBy))
    if (!mayRead) throw new DomainError('not-allowed')
    return { contentType: row.photo.contentType, bytes: row.photo.bytes }
  },
})
