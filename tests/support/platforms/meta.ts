import { fakeServer, type FakeServer, type Told } from './fake-server'

export type MetaLead = { id: string; form_id?: string; created_time?: string } & Record<string, unknown>
export type FakeMeta = FakeServer & {
  leads: Map<string, MetaLead>; token: string
  /** What the next requests are told instead, one each. */
  next: Told[]
  error: (status: number, code: number, more?: { subcode?: number; headers?: Record<string, string> }) => Told
}

/** The Graph API as far as leads go: one lead, a form's leads page by page, the page's forms. It checks the token. */
export async function fakeMeta(): Promise<FakeMeta> {
  const state = { leads: new Map<string, MetaLead>(), token: 'EAAB-page-token', next: [] as Told[] }
  const error: FakeMeta['error'] = (status, code, { subcode, headers } = {}) => ({
    status, ...(headers === undefined ? {} : { headers }), body: { error: { message: 'made up', type: 'OAuthException', code, ...(subcode === undefined ? {} : { error_subcode: subcode }), fbtrace_id: 'A' } },
  })
  const server = await fakeServer(({ path, query }) => {
    const instead = state.next.shift()
    if (instead !== undefined) return instead
    if (query.get('access_token') !== fake.token) return error(400, 190, { subcode: 463 })
    const [, , id = '', edge] = path.split('/')
    if (edge === 'leads') return leadsOf(fake, id, query)
    if (edge === 'leadgen_forms') return { body: { data: [...new Set([...fake.leads.values()].map(({ form_id: form }) => form))].map((form) => ({ id: form })) } }
    const lead = fake.leads.get(id)
    return lead === undefined ? error(400, 100, { subcode: 33 }) : { body: lead }
  })
  const fake: FakeMeta = Object.assign(server, { ...state, error })
  return fake
}

function leadsOf({ leads }: Pick<FakeMeta, 'leads'>, formId: string, query: URLSearchParams): Told {
  const limit = Math.min(Number(query.get('limit') ?? 25), 2)
  const filters = JSON.parse(query.get('filtering') ?? '[]') as { operator: string; value: number }[]
  const isIn = (at: number) => filters.every(({ operator, value }) => (operator === 'GREATER_THAN' ? at > value : at < value))
  const all = [...leads.values()].filter((lead) => lead.form_id === formId && isIn(Date.parse(lead.created_time ?? '') / 1000))
  const from = Number(query.get('after') ?? 0)
  const page = all.slice(from, from + limit)
  const after = String(from + page.length)
  return { body: { data: page, paging: { cursors: { before: String(from), after }, ...(from + limit < all.length ? { next: `http://fake/${formId}/leads?after=${after}` } : {}) } } }
}
