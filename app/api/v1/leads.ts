import { createRoute, z } from '@hono/zod-openapi'
import { createLead } from '~/domain/capture'
import { can, DomainError, reading, type Context } from '~/domain/kernel'
import { leadRecords, listLeads, logContact, moveStage, setLeadFields } from '~/domain/leads'
import type { ListLeads } from '~/domain/leads/contract'
import { contactDetails, contactKinds, directions, funnelViews, grades, outcomes, reachable, stages, verdicts } from '~/domain/leads/vocabulary'
import { apiContext } from '~/http'
import { parseMoney } from '~/lib/money'
import { leadAnswer, LeadAnswer } from './answers'
import { once } from './once'
import { apiRouter, problems } from './router'

const bearer = [{ key: [] }]
const one = { params: z.object({ id: z.string().openapi({ example: 'lead_01h455vb4pex5vsknk084sn02q' }) }) }
const json = <S extends z.ZodType>(schema: S) => ({ 'application/json': { schema } })
const answers = { 200: { description: 'The lead', content: json(LeadAnswer) }, ...problems }
const headers = z.object({ 'idempotency-key': z.string().min(1).max(200).optional() })

const Move = z.object({
  to: z.enum(stages), reason: z.string().optional(), grade: z.enum(grades).optional(), expected: z.object({ amount: z.string(), currency: z.string() }).optional(),
  month: z.string().optional(), day: z.string().optional(), version: z.number().int().optional(),
}).openapi('StageMove')
const Contact = z.object({
  kind: z.enum(contactKinds), outcome: z.enum(outcomes), note: z.string().optional(), next_step_at: z.string().nullish(), at: z.string().optional(), person: z.string().optional(),
  disposition: z.string().optional(), direction: z.enum(directions).optional(), detail: z.enum(contactDetails).optional(), duration: z.number().int().min(0).optional().openapi({ description: 'seconds' }),
}).openapi('Contact')
const custom = z.record(z.string(), z.union([z.string(), z.array(z.string()), z.null()])).openapi({ description: 'custom fields by key; null takes a value away', example: { lines: '3', erp: null } })
const Change = z.object({ custom, version: z.number().int().optional().openapi({ description: 'what the change was made on; a newer one refuses with `stale`' }) }).openapi('LeadChange')
const LeadPage = z.object({ data: z.array(LeadAnswer), next_cursor: z.string().nullable(), has_more: z.boolean() }).openapi('LeadPage')

const text = z.string().optional()
const day = z.string().optional().openapi({ format: 'date', description: 'a day of the organisation, included' })
// What is asked is checked by the verb; this says it to readers.
const LeadQuery = z.object({
  from: day, to: day, as_of: day, view: z.enum(funnelViews).optional(), reached: z.enum(reachable).optional(), lost: z.enum(['0', '1']).optional(), stage: z.enum(stages).optional(),
  verdict: z.enum(verdicts).optional(), channel: text, campaign: text, owner: text, source: text, q: text, updated_since: text, cursor: text, limit: text,
  cell: text.openapi({ description: 'the cell of the score, 11 to 44, or `none`', example: '11' }), include: z.literal('score_lines').optional().openapi({ description: 'with the lines of each score' }),
})

const list = createRoute({ method: 'get', path: '/leads', summary: 'Leads, newest first, by the filters of the lists', security: bearer, request: { query: LeadQuery }, responses: { 200: { description: 'A page; Link names the next', content: json(LeadPage) }, ...problems } })
const get = createRoute({ method: 'get', path: '/leads/{id}', summary: 'One lead', security: bearer, request: one, responses: answers })
const create = createRoute({
  method: 'post', path: '/leads', summary: 'Takes a lead: one inquiry per source and external id', security: bearer,
  request: { headers, body: { required: true, content: json(z.looseObject({ external_id: z.string().optional(), source: z.string().optional(), full_name: z.string().optional(), email: z.string().optional(), phone: z.string().optional(), company: z.string().optional(), custom: z.record(z.string(), z.string()).optional().openapi({ description: 'custom fields by key; written where the lead has no value yet' }) })) } },
  responses: { ...answers, 201: { description: 'A new inquiry; its lead', content: json(LeadAnswer) }, 202: { description: 'Kept as a touch: the source’s rule opens no lead' } },
})
const change = createRoute({ method: 'patch', path: '/leads/{id}', summary: 'Changes custom fields', security: bearer, request: { ...one, headers, body: { required: true, content: json(Change) } }, responses: answers })
const move = createRoute({ method: 'post', path: '/leads/{id}/stage-moves', summary: 'Moves the stage by the funnel’s rules', security: bearer, request: { ...one, headers, body: { required: true, content: json(Move) } }, responses: answers })
const contact = createRoute({ method: 'post', path: '/leads/{id}/contacts', summary: 'Logs a contact and its outcome', security: bearer, request: { ...one, headers, body: { required: true, content: json(Contact) } }, responses: answers })

export const leads = apiRouter()

leads.openapi(list, async (c) => {
  const ctx = await apiContext(c.req.raw, 'leads:read')
  const { include, ...asked } = c.req.valid('query')
  const { page, records } = await reading(ctx, async (ctx) => {
    const page = await listLeads(ctx, asked as z.input<typeof ListLeads>)
    return { page, records: await leadRecords(ctx, { ids: page.rows.map(({ id }) => id), lines: include === 'score_lines' }) }
  })
  if (page.nextCursor !== null) {
    const next = new URL(c.req.url)
    next.searchParams.set('cursor', page.nextCursor)
    c.header('Link', `<${next.pathname}${next.search}>; rel="next"`)
  }
  return c.json({ data: records.map(leadAnswer), next_cursor: page.nextCursor, has_more: page.nextCursor !== null }, 200)
})

leads.openapi(get, async (c) => {
  const ctx = await apiContext(c.req.raw, 'leads:read')
  return c.json(await told(ctx, c.req.valid('param').id), 200)
})

leads.openapi(create, (c) =>
  once(c, 'leads:write', async (ctx, body) => {
    const { leadId, isNew } = await createLead(ctx, body as never)
    return leadId === null ? { status: 202, answer: { lead: null } } : { status: isNew ? 201 : 200, answer: await toldOfDeed(ctx, leadId) }
  }) as never)

leads.openapi(change, (c) =>
  once(c, 'leads:write', async (ctx) => {
    const { id } = c.req.valid('param')
    await setLeadFields(ctx, { ...c.req.valid('json'), leadId: id as never })
    return { status: 200, answer: await toldOfDeed(ctx, id) }
  }) as never)

leads.openapi(move, (c) =>
  once(c, 'leads:write', async (ctx) => {
    const { expected, ...wish } = c.req.valid('json')
    const { id } = c.req.valid('param')
    const amount = expected === undefined ? undefined : (parseMoney(expected.amount, expected.currency) ?? -1n)
    await moveStage(ctx, { ...wish, leadId: id as never, amount, currency: expected?.currency })
    return { status: 200, answer: await toldOfDeed(ctx, id) }
  }) as never)

leads.openapi(contact, (c) =>
  once(c, 'leads:write', async (ctx) => {
    const { next_step_at: nextStepAt, person, at, disposition, ...said } = c.req.valid('json')
    const { id } = c.req.valid('param')
    await logContact(ctx, { ...said, dispositionId: disposition as never, leadId: id as never, ...(disposition !== undefined && nextStepAt === undefined ? {} : { nextStepAt: nextStepAt ?? null }), personId: person as never, ...(at === undefined ? {} : { at }) })
    return { status: 200, answer: await toldOfDeed(ctx, id) }
  }) as never)

// A key that may write but not read hears which lead it was and no more; refusing here would come after the deed.
const toldOfDeed = async (ctx: Context, id: string): Promise<object> => (can(ctx.actor, 'leads:read') ? told(ctx, id) : { id })

async function told(ctx: Context, id: string) {
  const [record] = await leadRecords(ctx, { ids: [id as never], lines: true }).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === 'invalid') throw new DomainError('not-found')
    throw error
  })
  if (record === undefined) throw new DomainError('not-found')
  return leadAnswer(record)
}
