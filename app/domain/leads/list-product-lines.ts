import { asc, desc, isNull } from 'drizzle-orm'
import { productLines } from '~db/schema'
import { query } from '../kernel'
import { Nothing } from './contract'

/** What the organisation sells: the default first, archived ones left out. */
export const listProductLines = query({
  name: 'product-line.list',
  permission: 'leads:read',
  input: Nothing,
  run: ({ tx }) =>
    tx.select({ id: productLines.id, name: productLines.name, isDefault: productLines.isDefault }).from(productLines)
      .where(isNull(productLines.archivedAt)).orderBy(desc(productLines.isDefault), asc(productLines.key)),
})
