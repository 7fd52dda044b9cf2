import * as z from 'zod'
import { LOCALES } from '~/lib/locales'
import { idOf, moment, paragraph, requiredLine } from '../kernel/contract'
import { liftReasons, mostBody, mostSubject } from './vocabulary'

const leadId = idOf('lead')
const personId = idOf('per')
const mailId = idOf('mail')
const templateId = idOf('tpl')
/** names one address of a person, as `Reach.key` does; the address itself is never taken from outside */
const to = z.string().regex(/^[0-9a-f]{24}$/, 'choice')
const subject = requiredLine(mostSubject)
const body = paragraph(mostBody).pipe(z.string().min(1, 'required'))
const optional = <S extends z.ZodType>(schema: S) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional())

/** `templateId`: what the text was started from. */
export const SendLeadMail = z.object({ leadId, personId, to, subject, body, templateId: optional(templateId), locale: optional(z.enum(LOCALES)) })
export const OneMail = z.object({ mailId })
export const SendMail = z.object({ mailId, due: moment.optional() })
export const MailDraftOf = z.object({ leadId, personId: optional(personId), templateId: optional(templateId) })

/** Without an id it adds one. */
export const KeepTemplate = z.object({ templateId: optional(templateId), name: requiredLine(80), locale: z.enum(LOCALES), subject, body })
export const ArchiveTemplate = z.object({ templateId, isArchived: z.enum(['true', 'false']).transform((value) => value === 'true') })
export const PreviewTemplate = z.object({ subject: z.string().max(mostSubject).default(''), body: z.string().max(mostBody).default('') })

export const SuppressAddress = z.object({ personId, to })
export const LiftSuppression = z.object({ personId, to, reason: z.enum(liftReasons) })
export const OnePerson = z.object({ personId })
