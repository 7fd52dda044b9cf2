import * as z from 'zod'
import { moveStage } from '~/domain/leads'
import { grades, stages } from '~/domain/leads/vocabulary'
import { submit } from '~/http'
import { parseMoney } from '~/lib/money'
import { plainly } from './leads.plain'

const text = z.string().optional()
const Wish = z
  .object({ to: z.enum(stages), reason: text, grade: z.enum(grades).optional(), amount: text, currency: text, month: text, day: text, version: z.coerce.number().int().optional() })
  .transform(({ amount, ...wish }, context) => {
    if (amount === undefined) return { ...wish, amount: undefined }
    const minor = parseMoney(amount, wish.currency ?? 'CNY')
    if (minor === null || minor < 0n) context.addIssue({ code: 'custom', message: 'not-an-amount', path: ['amount'] })
    return { ...wish, amount: minor ?? undefined }
  })

export const action = plainly(submit({ permission: 'leads:write', form: Wish }, ({ ctx, input, params }) => moveStage(ctx, { leadId: params['leadId'] as never, ...input })))
