import { page, redirectTo } from '~/http'
import type { Role } from '~/domain/orgs/vocabulary'

const homes: Record<Role, string> = { rep: '/queue', manager: '/funnel', admin: '/sources', marketer: '/funnel', partner: '/partner' }

/** Each user starts where their work is. */
export const loader = page({}, ({ viewer }) => Promise.resolve(redirectTo(homes[viewer.role])))
