import { inTransaction, type Context } from '../kernel'
import { factsOf, type Heard } from './facts'
import { orderPosts } from './robots/order-posts'
import { tell } from './tell'

/** Tells members and groups of what happened, each once for each event however often it is heard. Answers how many notices were written. */
export async function hearEvents(ctx: Context, events: readonly Heard[]): Promise<{ notices: number; posts: number }> {
  return inTransaction(ctx, 'read write', async (tx) => {
    const inside = { ...ctx, tx }
    const { facts, posts } = await factsOf(inside, events)
    return { notices: await tell(inside, facts), posts: await orderPosts(inside, posts) }
  })
}
