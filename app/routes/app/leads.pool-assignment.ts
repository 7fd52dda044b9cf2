import * as z from 'zod'
import { idOf } from '~/domain/kernel/contract'
import { givePoolLead } from '~/domain/leads'
import { backTo, submit } from '~/http'
import type { Id } from '~/lib/ids'

/** A pool's administrator gives a lead out, or takes it back (nobody named). */
export const action = submit({ permission: 'leads:claim', form: z.object({ to: idOf('mem').optional() }) }, ({ ctx, input, params }) =>
  backTo('/pool', () => givePoolLead(ctx, { leadId: params['leadId'] as Id<'lead'>, to: input.to ?? null })),
)
