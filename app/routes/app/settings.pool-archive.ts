import { archivePool } from '~/domain/leads'
import { PoolId } from '~/domain/leads/contract'
import { backTo, submit } from '~/http'
import type { Id } from '~/lib/ids'

/** An empty pool is closed. */
export const action = submit({ permission: 'assignment:write', form: PoolId.omit({ poolId: true }) }, ({ ctx, input, params }) =>
  backTo('/settings/pools', () => archivePool(ctx, { ...input, poolId: params['poolId'] as Id<'pool'> })),
)
