import * as z from 'zod'
import { idOf, line, paragraph, requiredLine } from '../kernel/contract'
import { LOCALES } from '~/lib/locales'
import { connectableNames, deliveryVerdicts, fetchStates, fieldTargets, isOwnField, leadRules, mostFieldRules, submissionStates, ways } from './vocabulary'

export const ProcessDeliveries = z.object({ deliveryIds: z.array(idOf('dlv')).min(1).max(200), again: z.boolean().default(false) })
export const ProcessDelivery = z.object({ deliveryId: idOf('dlv'), again: z.boolean().default(false) })

const country = z.string().transform((text) => text.trim().toUpperCase()).pipe(z.string().regex(/^[A-Z]{2}$/, 'not-a-country'))
/** An empty field of a form is "none". */
const none = <T extends z.ZodType>(schema: T) =>
  z.union([z.literal(''), schema]).nullish().transform((value): z.output<T> | null => (value === '' || value === undefined ? null : (value as z.output<T> | null)))

/** A source as people describe it. Without `secret` one is made. */
export const CreateSource = z.object({
  connector: z.enum(connectableNames),
  name: requiredLine(120),
  channelId: none(idOf('ch')),
  /** A channel by name, made when nobody knows it; used where `channelId` is not given. */
  channel: none(line(120)),
  productLineId: none(idOf('pl')),
  ownerId: none(idOf('mem')),
  poolId: none(idOf('pool')),
  leadRule: z.enum(leadRules).default('always'),
  defaultCountry: country.default('CN'),
  secret: none(z.string().trim().max(500)),
  campaignId: none(idOf('cmp')),
  /** Further keys and settings by the names of the connector's fields. */
  keys: z.record(z.string().max(60), z.string().trim().max(4000)).default({}),
})
export const UpdateSource = z.object({
  sourceId: idOf('src'),
  name: requiredLine(120),
  channelId: none(idOf('ch')),
  productLineId: none(idOf('pl')),
  ownerId: none(idOf('mem')),
  poolId: none(idOf('pool')),
  leadRule: z.enum(leadRules),
  defaultCountry: country,
  campaignId: none(idOf('cmp')),
})
export const OneSource = z.object({ sourceId: idOf('src') })
/** `secret` is the one the platform issued; empty where we make it. */
export const RotateSecret = OneSource.extend({ secret: none(z.string().trim().max(500)) })
/** Compares the last `days` with the platform's own list. `onlyWhenDue` starts nothing within a day of the last time. */
export const ReconcileSource = OneSource.extend({ days: z.coerce.number().int().min(1).max(30).default(3), onlyWhenDue: z.boolean().default(false) })
export const OneReconciliation = z.object({ reconciliationId: idOf('rcn') })
export const ListSourceAlarms = z.object({ sourceId: none(idOf('src')), open: z.boolean().default(true), limit: z.coerce.number().int().min(1).max(200).default(50) })
export const OneAlarm = z.object({ alarmId: idOf('alm') })
export const UpdateSourceKeys = OneSource.extend({ keys: z.record(z.string().max(60), z.string().trim().max(4000)).default({}) })
/** Questions that are named nowhere stay answers. */
export const MapFields = OneSource.extend({
  rules: z.array(z.object({ question: requiredLine(300), field: z.union([z.enum(fieldTargets), z.custom<`custom.${string}`>((target) => typeof target === 'string' && isOwnField(target), 'choice')]) })).max(mostFieldRules, 'too-many').default([]),
})
export const OneDelivery = z.object({ deliveryId: idOf('dlv') })

export const ListDeliveries = z.object({
  sourceId: none(idOf('src')),
  state: none(z.enum(deliveryVerdicts)),
  since: none(z.coerce.date()),
  until: none(z.coerce.date()),
  way: none(z.enum(ways)),
  /** A receipt, a lead's or delivery's id, or the sender's id of an inquiry or message. */
  search: none(line(300)),
  /** The last delivery of the page before; with `before`, the first of the page after. */
  after: none(idOf('dlv')),
  before: none(idOf('dlv')),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** By id, or every delivery of a range, oldest first, at most `limit` at a time. */
export const ReplayDeliveries = z.object({
  deliveryIds: z.array(idOf('dlv')).max(500).optional(),
  sourceId: none(idOf('src')),
  state: none(z.enum(['processed', 'test', 'unreadable', 'stored'])),
  since: none(z.coerce.date()),
  until: none(z.coerce.date()),
  after: none(idOf('dlv')),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
}).refine((input) => input.deliveryIds !== undefined || input.since !== null || input.state !== null || input.sourceId !== null, { message: 'required', path: ['deliveryIds'] })

/** Which deliveries a replay would be shown for: by id, or of a range, newest first, at most `limit`. */
export const PreviewReplay = z.object({
  deliveryIds: z.array(idOf('dlv')).max(200).optional(),
  sourceId: none(idOf('src')),
  state: none(z.enum(['processed', 'test', 'unreadable', 'stored'])),
  since: none(z.coerce.date()),
  until: none(z.coerce.date()),
  limit: z.coerce.number().int().min(1).max(200).default(100),
})

/** A lead somebody hands in by hand or through the partner portal. One way to reach the person is needed. */
const handed = z.object({
  company: line(200).default(''),
  name: line(120).default(''),
  title: line(120).default(''),
  phone: line(64).default(''),
  email: line(254).default(''),
  message: paragraph(4000).default(''),
  productLineId: none(idOf('pl')),
})
const isReachable = ({ phone, email }: { phone: string; email: string }) => phone !== '' || email !== ''
const reachNeeded = { message: 'required', path: ['phone'] }
export const SubmitLead = handed.refine(isReachable, reachNeeded)
/** What of a lead to be typed in may be known already. */
export const KnownContact = z.object({ phone: line(64).default(''), email: line(254).default(''), company: line(200).default('') })
/** The same typed in by a member, who also knows the channel. */
export const AddLead = handed.extend({ channelId: none(idOf('ch')), campaignId: none(idOf('cmp')), photo: z.instanceof(Uint8Array).optional() }).refine(isReachable, reachNeeded)

/** A code for one lead at one source whose contacts bring it back. */
export const CreateContactCode = z.object({ leadId: idOf('lead'), sourceId: idOf('src') })
/** `due` is the time an order was made for; without it only a fetch whose time has come is asked for. */
export const FetchLead = z.object({ fetchId: idOf('fet'), due: z.iso.datetime().optional().transform((text) => (text === undefined ? undefined : new Date(text))) })
export const ListFetches = z.object({
  sourceId: none(idOf('src')),
  state: none(z.enum(fetchStates)),
  /** The last fetch of the page before. */
  after: none(idOf('fet')),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
/** One fetch, or everything of a source that is not there yet. */
export const RetryFetches = z.object({ fetchId: none(idOf('fet')), sourceId: none(idOf('src')) })
  .refine((input) => (input.fetchId === null) !== (input.sourceId === null), { message: 'required', path: ['fetchId'] })
/** Where the leads of a form go. */
const places = {
  channelId: none(idOf('ch')), campaignId: none(idOf('cmp')), productLineId: none(idOf('pl')), ownerId: none(idOf('mem')), poolId: none(idOf('pool')),
  leadRule: z.enum(leadRules).default('always'), defaultCountry: country.default('CN'),
}
export const CreateForm = z.object({ name: requiredLine(120), language: z.enum([...LOCALES, 'both']).default('both'), ...places })
/** What is given changes; `definition` holds any part of a definition. The live form stays until it is published. */
export const UpdateForm = z.object({
  formId: idOf('frm'), definition: z.record(z.string().max(40), z.unknown()).default({}),
  settings: z.object({ name: requiredLine(120), ...places }).optional(),
})
export const OneForm = z.object({ formId: idOf('frm') })
export const ArchiveForm = OneForm.extend({ isArchived: z.union([z.boolean(), z.enum(['true', 'false'])]).transform((value) => value === true || value === 'true') })
export const ListSubmissions = OneForm.extend({ state: z.enum(submissionStates).default('quarantined'), after: none(idOf('dlv')), limit: z.coerce.number().int().min(1).max(200).default(50) })
export const OneSubmission = z.object({ deliveryId: idOf('dlv') })
export const ConfirmSubmission = z.object({ formId: idOf('frm'), token: z.string().max(200) })
