import { eq } from 'drizzle-orm'
import { scoreCards } from '~db/schema'
import { query } from '../kernel'
import { Nothing } from './contract'

/** Whether leads are scored at all: a page that shows no score says why. */
export const scoringState = query({
  name: 'lead.scoring-state',
  permission: 'leads:read',
  input: Nothing,
  async run({ tx }): Promise<{ hasCard: boolean }> {
    const [card] = await tx.select({ id: scoreCards.id }).from(scoreCards).where(eq(scoreCards.state, 'published')).limit(1)
    return { hasCard: card !== undefined }
  },
})
