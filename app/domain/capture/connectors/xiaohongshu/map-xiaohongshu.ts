import type { JsonValue } from '~/lib/json-big'
import { emptyDraft, type LeadDraft } from '../../lead-draft'
import type { Mapped } from '../connector'
import { chinaMoment, fieldOf, idOf, isSomebody, present, trackingOf } from '../draft-parts'
import { withLabels, type Labelled } from '../known-labels'
import { isObject, own, readBody, type JsonObject } from '../read-body'

/** A form lead; a message without any is the one by which the platform tests the address. */
export function mapXiaohongshu(raw: Uint8Array): Mapped {
  const read = readBody(raw)
  if ('issues' in read) return read
  const given = own(read.body, 'data')
  const lead = isObject(given) ? given : {}
  const draft = withLabels(baseOf(lead, own(read.body, 'timestamp')), answersOf(own(lead, 'data')))
  if (draft.externalId === null && !isSomebody(draft) && draft.answers.length === 0) return { test: true }
  return { leads: [draft] }
}

function baseOf(lead: JsonObject, sentAt: JsonValue | undefined): LeadDraft {
  const id = idOf(lead, 'leads_id')
  const page = trackingOf(fieldOf(lead, 'url', 2000))
  return {
    ...emptyDraft,
    ...page,
    externalId: id,
    at: chinaMoment(own(lead, 'submitted_time')) ?? chinaMoment(sentAt),
    campaign: fieldOf(lead, 'campaign_name', 200),
    clickIds: { ...page.clickIds, ...present({ click_id: fieldOf(lead, 'click_id') }) },
    external: present({
      lead_id: id, account_id: idOf(lead, 'account_id'), account_name: fieldOf(lead, 'account_name', 200), page_id: idOf(lead, 'landing_page_id'), form_id: idOf(lead, ['form_id', 'landing_page_id']),
      campaign_id: idOf(lead, 'campaign_id'), ad_group_id: idOf(lead, 'unit_id'), ad_group_name: fieldOf(lead, 'unit_name', 200), creative_id: idOf(lead, 'creative_id'), ad_id: idOf(lead, 'creative_id'),
      keyword: fieldOf(lead, 'keyword', 200), source_channel: fieldOf(lead, 'source_channel', 100),
    }),
  }
}

function answersOf(value: JsonValue | undefined): Labelled[] {
  return (Array.isArray(value) ? value : []).slice(0, 200).flatMap((each) => {
    if (!isObject(each)) return []
    const label = fieldOf(each, ['label', 'name', 'key'], 300)
    const said = fieldOf(each, 'value', 4000)
    return label === null || said === null ? [] : [{ label, value: said }]
  })
}
