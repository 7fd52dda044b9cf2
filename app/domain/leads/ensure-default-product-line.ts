import type { Id } from '~/lib/ids'
import { command, DomainError } from '../kernel'
import { Nothing } from './contract'
import { defaultLine, insertLine } from './product-line-rows'

/** The organisation's default product line, made on first need. */
export const ensureDefaultProductLine = command({
  name: 'product-line.ensure-default',
  permission: 'leads:write',
  input: Nothing,
  async run({ tx, ctx, audit }): Promise<{ productLineId: Id<'pl'> }> {
    const known = await defaultLine(tx)
    if (known !== null) return { productLineId: known }
    const made = await insertLine(tx, ctx, 'General', true)
    const productLineId = made ?? (await defaultLine(tx))
    if (productLineId === null) throw new DomainError('conflict')
    if (made !== null) await audit(productLineId)
    return { productLineId }
  },
})
