import type { Context as Asked } from 'hono'
import { answerOnce, type Context } from '~/domain/kernel'
import type { Permission } from '~/domain/orgs/vocabulary'
import { apiContext } from '~/http'

/** With an Idempotency-Key the same request is done once; without one it is simply done. */
export async function once(c: Asked, permission: Permission, work: (ctx: Context, body: unknown) => Promise<{ status: number; answer: unknown }>): Promise<Response> {
  const ctx = await apiContext(c.req.raw, permission)
  const key = c.req.header('idempotency-key')
  const text = await c.req.text()
  const body: unknown = JSON.parse(text)
  if (key === undefined) return replied(await work(ctx, body), false)
  const kept = await answerOnce(ctx, key, `${c.req.method} ${c.req.path}\n${text}`, (ctx) => work(ctx, body))
  return replied(kept, kept.isReplay)
}

const replied = ({ status, answer }: { status: number; answer: unknown }, isReplay: boolean): Response =>
  Response.json(answer, { status, headers: isReplay ? { 'Idempotency-Replayed': 'true' } : {} })
