import { isRefusal, reading } from '~/domain/kernel'
import { queueCard } from '~/domain/leads'
import type { ClientLoaderFunctionArgs } from '@remix-run/react'
import { page } from '~/http'
import { leadOf } from './leads.named'

/** What the queue shows of one lead, fetched ahead for the next two. A lead gone from view has no card, and is no error. */
export const loader = page({ permission: 'leads:read' }, ({ ctx, params, request }) =>
  reading(ctx, async (ctx) => {
    try {
      return await queueCard(ctx, { leadId: leadOf(params, request) })
    } catch (error) {
      if (isRefusal(error, 'not-found')) return null
      throw error
    }
  }),
)

/** Fetched ahead in the background: without a network there is no card, and the page stays. */
export async function clientLoader({ serverLoader }: ClientLoaderFunctionArgs): Promise<unknown> {
  try {
    return await serverLoader()
  } catch (error) {
    // The router dropped the question because an outcome was sent meanwhile.
    if (error instanceof DOMException && error.name === 'AbortError') return 'again'
    if (error instanceof TypeError) return null
    throw error
  }
}

/** Whoever changes a lead asks for its card again. */
export const shouldRevalidate = (): boolean => false
