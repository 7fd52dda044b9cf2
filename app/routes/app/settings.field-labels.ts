import * as z from 'zod'
import { DomainError } from '~/domain/kernel'
import { changeField, listFields } from '~/domain/leads'
import { backTo, submit } from '~/http'
import { choicesOf } from './settings.fields/choices'

/** What a field and its choices are called. */
export const action = submit({ permission: 'settings:write', form: z.object({ labelEn: z.string().default(''), labelZh: z.string().default(''), choices: z.string().optional() }) }, ({ ctx, input, params }) =>
  backTo('/settings/fields', async () => {
    const field = (await listFields(ctx, { all: true })).find(({ id }) => id === params['fieldId'])
    if (field === undefined) throw new DomainError('not-found')
    await changeField(ctx, { fieldId: field.id, labelEn: input.labelEn, labelZh: input.labelZh, choices: input.choices === undefined ? undefined : choicesOf(input.choices, field.choices) })
  }))
