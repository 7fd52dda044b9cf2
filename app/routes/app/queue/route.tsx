import type { ShouldRevalidateFunctionArgs } from '@remix-run/react'
import { useLoaderData } from '@remix-run/react'
import * as z from 'zod'
import { can, DomainError, isRefusal, reading } from '~/domain/kernel'
import { idOf } from '~/domain/kernel/contract'
import { outcomeChoices, queueCard, queueCounts, queueOwners, queuePage } from '~/domain/leads'
import { queueTabs } from '~/domain/leads/vocabulary'
import { page } from '~/http'
import type { PageHandle } from '~/ui/layout/page-title'
import { QueueWork } from './queue-work'

const Search = z.object({ tab: z.enum(queueTabs).catch('now'), lead: z.string().optional(), cursor: z.string().optional(), of: z.union([z.literal('').transform(() => undefined), idOf('mem')]).optional() })

export const handle: PageHandle = { title: 'queue' }

export const loader = page({ permission: 'leads:read', search: Search }, ({ ctx, viewer, search }) =>
  reading(ctx, async (ctx) => {
    const { tab, cursor } = search
    const owners = await queueOwners(ctx, {})
    const of = search.of === viewer.memberId ? undefined : search.of
    const owner = owners.find(({ id }) => id === of) ?? null
    // Nobody's queue is shown without saying whose it is.
    if (of !== undefined && owner === null) throw new DomainError('not-found')
    const queue = await queuePage(ctx, { tab, of, cursor })
    const counts = await queueCounts(ctx, { of })
    const later = tab === 'now' && queue.rows.length === 0 ? await queuePage(ctx, { tab: 'later', of, limit: 1 }) : null
    const wanted = search.lead ?? queue.rows[0]?.id
    return {
      tab, now: ctx.now, queue, counts, card: wanted === undefined ? null : await cardOf(ctx, wanted), returnsAt: later?.rows[0]?.restsUntil ?? null,
      me: viewer.memberId, currency: viewer.org.currency, outcomes: await outcomeChoices(ctx, {}), owners,
      may: { assign: can(ctx.actor, 'leads:assign'), claim: can(ctx.actor, 'leads:claim') }, of: owner,
    }
  }),
)

type Ctx = Parameters<typeof queueCard>[0]

/** A lead that has gone from view leaves its place empty; the list is still there. */
async function cardOf(ctx: Ctx, leadId: string) {
  try {
    return await queueCard(ctx, { leadId: leadId as never })
  } catch (error) {
    if (isRefusal(error)) return null
    throw error
  }
}

/** The queue keeps itself: what one does to a lead, and which lead is open, need no new list. */
export function shouldRevalidate({ formAction, currentUrl, nextUrl, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs): boolean {
  if (formAction !== undefined) return !/^\/(?:leads|queue)\//.test(new URL(formAction, currentUrl).pathname)
  const bare = (url: URL) => [url.pathname, url.searchParams.get('tab'), url.searchParams.get('cursor'), url.searchParams.get('of')].join('|')
  return bare(currentUrl) === bare(nextUrl) && currentUrl.search !== nextUrl.search ? false : defaultShouldRevalidate
}

export default function QueuePage() {
  const data = useLoaderData<typeof loader>()
  return <QueueWork key={`${data.tab} ${data.of?.id ?? ''}`} data={data} />
}
