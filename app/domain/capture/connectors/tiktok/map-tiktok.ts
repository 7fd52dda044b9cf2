import { momentOf, textOf } from '../../clean-text'
import { emptyDraft, type LeadDraft } from '../../lead-draft'
import type { Mapped } from '../connector'
import { fieldOf, idOf, isSomebody, present } from '../draft-parts'
import { withLabels, type Labelled } from '../known-labels'
import { isObject, own, readBody, type JsonObject } from '../read-body'

const MOST_ENTRIES = 500
const MOST_CHANGES = 200

/** `object` 1 is leads, one per entry; reviews, fatigue and the rest say nothing to us. */
export function mapTiktok(raw: Uint8Array): Mapped {
  const read = readBody(raw)
  if ('issues' in read) return read
  const object = textOf(own(read.body, 'object'), 10)
  if (object === null) return { issues: [{ path: 'object', code: 'required' }] }
  if (object !== '1') return { leads: [], ignored: 'not-a-lead' }
  const listed = own(read.body, 'entry')
  const entries = (Array.isArray(listed) ? listed : [listed]).slice(0, MOST_ENTRIES)
  const leads = entries.flatMap((entry) => (isObject(entry) ? leadOf(entry) : []))
  return leads.length === 0 ? { issues: [{ path: 'entry', code: 'nobody-named' }] } : { leads }
}

function leadOf(entry: JsonObject): LeadDraft[] {
  const id = idOf(entry, 'id')
  const source = fieldOf(entry, 'lead_source', 60)
  const base: LeadDraft = {
    ...emptyDraft,
    externalId: id,
    at: momentOf(own(entry, 'create_time')),
    campaign: fieldOf(entry, 'campaign_name', 200),
    external: present({
      lead_id: id, account_id: idOf(entry, 'advertiser_id'), account_name: fieldOf(entry, 'advertiser_name', 200), page_id: idOf(entry, 'page_id'), page_name: fieldOf(entry, 'page_name', 200),
      form_id: source === 'DIRECT_MESSAGE' ? null : idOf(entry, 'page_id'), library_id: idOf(entry, 'library_id'), campaign_id: idOf(entry, 'campaign_id'),
      ad_group_id: idOf(entry, 'adgroup_id'), ad_group_name: fieldOf(entry, 'adgroup_name', 200), ad_id: idOf(entry, 'ad_id'), ad_name: fieldOf(entry, 'ad_name', 200), lead_source: source,
    }),
    clickIds: present({ ttclid: fieldOf(entry, 'ttclid') }),
  }
  const draft = withLabels(base, changesOf(entry))
  return id === null && !isSomebody(draft) ? [] : [draft]
}

function changesOf(entry: JsonObject): Labelled[] {
  const changes = own(entry, 'changes')
  return (Array.isArray(changes) ? changes : []).slice(0, MOST_CHANGES).flatMap((change) => {
    if (!isObject(change)) return []
    const label = fieldOf(change, ['field', 'name'], 300)
    const value = fieldOf(change, ['value', 'values'], 4000)
    return label === null || value === null ? [] : [{ label, value }]
  })
}
