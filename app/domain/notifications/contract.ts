import * as z from 'zod'
import { isLocale, LOCALES } from '~/lib/locales'
import { isTimeZone } from '~/lib/period'
import { idOf, line, moment, requiredLine } from '../kernel/contract'
import { chosenKinds, chosenTopics, mailChoices, robotKinds } from './vocabulary'

const minute = z.coerce.number().int().min(0).max(1_439)
/** A time of the day, as a form writes it: 22:30. */
const clock = z.union([minute, z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'not-a-time').transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)))])
const orNone = <T extends z.ZodType>(of: T) => z.union([z.literal('').transform(() => null), z.null(), of]).optional().transform((value) => value ?? null)
const ticked = z.union([z.boolean(), z.string().transform((text) => text === 'on' || text === 'true' || text === '1')]).default(false)

const locale = z.enum(LOCALES).default('en')
/** `locale` is the language of the sentences: the page's. */
export const NoticePage = z.object({ locale, unread: ticked, cursor: idOf('ntc').optional(), limit: z.coerce.number().int().min(1).max(100).default(50) })
export const NoticeNews = z.object({ locale, noticeId: idOf('ntc').optional() })
export const MarkRead = z.object({ noticeId: idOf('ntc').optional() })
export const UnmarkRead = z.object({ readAt: moment })

const channels = z.object({ app: ticked, browser: ticked, mail: z.enum(mailChoices).default('never') })
/** How one wants to be told. Quiet from and to the same minute is no quiet; zone and language left empty are the organisation's. */
export const SetNotifications = z.object({
  channels: z.partialRecord(z.enum(chosenKinds as [typeof chosenKinds[number], ...typeof chosenKinds]), channels),
  quiet: ticked, quietFrom: clock, quietTo: clock, urgentPasses: ticked, digestAt: clock, digestWorkingDays: ticked,
  timeZone: orNone(z.string().refine(isTimeZone, 'not-a-zone')), locale: orNone(z.string().refine(isLocale, 'not-a-language')),
})

const topics = z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(z.enum(chosenTopics as [typeof chosenTopics[number], ...typeof chosenTopics])).min(1, 'required'))
const robotFields = { name: requiredLine(60), teamId: orNone(idOf('team')), topics, showsNames: ticked, locale: z.string().refine(isLocale, 'not-a-language') }
export const AddRobot = z.object({ ...robotFields, kind: z.enum(robotKinds), address: requiredLine(500), secret: line(200).optional() })
/** An address or secret left empty stays as it is. */
export const ChangeRobot = z.object({ ...robotFields, robotId: idOf('rbt'), address: line(500).optional(), secret: line(200).optional() })
export const SwitchRobot = z.object({ robotId: idOf('rbt'), on: z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]) })
export const OneRobot = z.object({ robotId: idOf('rbt') })
