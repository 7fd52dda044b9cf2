import * as z from 'zod'
import { mapImport } from '~/domain/capture'
import { ruledFields } from '~/domain/capture/vocabulary'
import { redirectTo, submit } from '~/http'
import type { Id } from '~/lib/ids'

const list = z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(z.string().optional()))
const Answers = z.object({
  column: list, field: list, format: list, dayOrder: z.string().optional(), decimal: z.string().optional(), country: z.string().optional(), currency: z.string().optional(),
  encoding: z.string().optional(), match: z.string().optional(), ruled: list, rule: list, owner: list, ownerIs: list, channel: list, channelIs: list,
})
type Answers = z.output<typeof Answers>

/** The mapping of a checked file: another way to read its columns and values, and another check. */
export const action = submit({ permission: 'imports:write', form: Answers }, async ({ ctx, input, params }) => {
  const chosen = input.column.flatMap((column, index) => {
    const field = input.field[index] ?? ''
    const format = (input.format[index] ?? '').trim()
    return column === undefined || field === '' ? [] : [[column, format === '' ? field : { field, format }] as const]
  })
  const currency = input.currency?.trim().toUpperCase()
  const mapping = { columns: Object.fromEntries(chosen), ...(currency === undefined || currency === '' ? {} : { currency }), options: optionsOf(input) }
  const { importId } = await mapImport(ctx, { importId: params['importId'] as Id<'imp'>, mapping: mapping as never })
  return redirectTo(`/imports/${importId}`)
})

// What was left at "decide from the file" is not said at all. The verb checks every value.
function optionsOf(input: Answers): Record<string, unknown> {
  const said = { dayOrder: input.dayOrder, decimal: input.decimal, country: input.country?.trim().toUpperCase(), encoding: input.encoding, match: input.match }
  const pairs = (names: Answers['owner'], values: Answers['owner'], read: (value: string) => string | null | undefined) =>
    names.flatMap((name, index) => { const value = read(values[index] ?? ''); return name === undefined || value === undefined ? [] : [[name, value] as const] })
  const rules = pairs(input.ruled, input.rule, (rule) => (rule === '' || rule === 'fill' ? undefined : rule)).filter(([name]) => (ruledFields as readonly string[]).includes(name))
  const owners = pairs(input.owner, input.ownerIs, (owner) => (owner === '' ? undefined : owner === 'nobody' ? null : owner))
  const channels = pairs(input.channel, input.channelIs, (name) => (name.trim() === '' ? undefined : name.trim())).filter(([from, to]) => from !== to)
  return {
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && value !== '')),
    ...(rules.length === 0 ? {} : { rules: Object.fromEntries(rules) }), ...(owners.length === 0 ? {} : { owners: Object.fromEntries(owners) }),
    ...(channels.length === 0 ? {} : { channels: Object.fromEntries(channels) }),
  }
}
