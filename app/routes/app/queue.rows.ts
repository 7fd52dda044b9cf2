import * as z from 'zod'
import { idOf } from '~/domain/kernel/contract'
import { queuePage } from '~/domain/leads'
import { queueTabs } from '~/domain/leads/vocabulary'
import { page } from '~/http'

const Search = z.object({ tab: z.enum(queueTabs).catch('now'), of: idOf('mem').optional(), cursor: z.string() })

/** The next rows of a queue, while somebody scrolls. */
export const loader = page({ permission: 'leads:read', search: Search }, ({ ctx, search }) => queuePage(ctx, { ...search, limit: 100 }))

/** Rows that are there stay as they are; news come with the page itself. */
export const shouldRevalidate = (): boolean => false
