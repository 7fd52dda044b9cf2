import { removeFromPool } from '~/domain/leads'
import { PoolPerson } from '~/domain/leads/contract'
import { backTo, submit } from '~/http'
import type { Id } from '~/lib/ids'

/** Somebody leaves a pool. */
export const action = submit({ permission: 'assignment:write', form: PoolPerson.omit({ poolId: true }) }, ({ ctx, input, params }) =>
  backTo('/settings/pools', () => removeFromPool(ctx, { ...input, poolId: params['poolId'] as Id<'pool'> })),
)
