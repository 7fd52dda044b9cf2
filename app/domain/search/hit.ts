import { fromUuid } from '~/lib/ids'
import type { Found } from './hits'
import type { SearchKind } from './vocabulary'

const places: Record<SearchKind, { prefix: string; path: string }> = {
  leads: { prefix: 'lead', path: '/leads' }, people: { prefix: 'per', path: '/people' }, companies: { prefix: 'co', path: '/companies' },
}

/** One thing found, as pages show it; `matched` says by what, with the positions in `text` to mark. */
export type Hit = Pick<Found, 'kind' | 'title' | 'detail' | 'stage' | 'ownerName' | 'isMine' | 'tier' | 'matched' | 'leads'> & { id: string; href: string }

export function hitOf({ kind, id: uuid, title, detail, stage, ownerName, isMine, tier, matched, leads }: Found): Hit {
  const id = fromUuid(places[kind].prefix, uuid)
  return { kind, id, href: `${places[kind].path}/${id}`, title, detail, stage, ownerName, isMine, tier, matched, leads }
}
