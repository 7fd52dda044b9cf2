import * as z from 'zod'
import { mapImport } from '~/domain/capture'
import { redirectTo, submit } from '~/http'
import type { Id } from '~/lib/ids'

const list = z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(z.string().optional()))
const Columns = z.object({ column: list, field: list, format: list })

/** The mapping of a checked file: another way to read its columns, and another check. */
export const action = submit({ permission: 'imports:write', form: Columns }, async ({ ctx, input, params }) => {
  const chosen = input.column.flatMap((column, index) => {
    const field = input.field[index] ?? ''
    const format = (input.format[index] ?? '').trim()
    return column === undefined || field === '' ? [] : [[column, format === '' ? field : { field, format }] as const]
  })
  const { importId } = await mapImport(ctx, { importId: params['importId'] as Id<'imp'>, mapping: { columns: Object.fromEntries(chosen) } })
  return redirectTo(`/imports/${importId}`)
})
