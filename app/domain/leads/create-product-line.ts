import type { Id } from '~/lib/ids'
import { command, DomainError } from '../kernel'
import { CreateProductLine } from './contract'
import { defaultLine, insertLine } from './product-line-rows'

/** Adds a product line; the organisation's first one is its default. Refuses: name-taken (without regard to case). */
export const createProductLine = command({
  name: 'product-line.create',
  permission: 'settings:write',
  input: CreateProductLine,
  async run({ tx, ctx, input, audit }): Promise<{ productLineId: Id<'pl'> }> {
    const isDefault = (await defaultLine(tx)) === null
    const productLineId = await insertLine(tx, ctx, input.name, isDefault)
    if (productLineId === null) throw new DomainError('name-taken', { fields: { name: ['taken'] } })
    await audit(productLineId, { after: { name: input.name } })
    return { productLineId }
  },
})
