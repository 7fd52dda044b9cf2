import * as z from 'zod'
import { command } from '../../kernel'
import { idOf } from '../../kernel/contract'
import { openPerson } from '../open-rows'
import { weighCandidates, type FoundMatch } from './weigh-candidates'

/**
 * Looks for people who may be this one, through indexed keys, weighs them (Fellegi–Sunter) and stores every decision
 * with its parts. Joins nobody: `auto` is a proposal like `review`, told by `people.match-found`. Refuses `not-found`.
 */
export const matchPerson = command({
  name: 'match.person',
  permission: 'leads:write',
  input: z.object({ personId: idOf('per') }),
  async run({ tx, ctx, input: { personId }, emit }): Promise<FoundMatch[]> {
    const { id, canonicalId } = await openPerson(tx, ctx, personId)
    return weighCandidates(ctx, emit, [{ personId: canonicalId ?? id }])
  },
})
