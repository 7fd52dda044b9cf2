import { updatePool } from '~/domain/leads'
import { UpdatePool } from '~/domain/leads/contract'
import { backTo, submit } from '~/http'
import type { Id } from '~/lib/ids'

/** Caps, protection and timeouts of a pool. */
export const action = submit({ permission: 'assignment:write', form: UpdatePool.omit({ poolId: true }) }, ({ ctx, input, params }) =>
  backTo('/settings/pools', () => updatePool(ctx, { ...input, poolId: params['poolId'] as Id<'pool'> })),
)
