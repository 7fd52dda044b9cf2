import type { Connector } from '../connector'
import { listKuaishou } from './list-kuaishou'
import { mapKuaishou } from './map-kuaishou'

/** Kuaishou publishes no push: its clues are asked for every few minutes, by the interface it documents. */
export const kuaishou: Connector = {
  standing: 'partly',
  pulls: true,
  fields: [
    { name: 'access_token', kind: 'secret', isRequired: true },
    { name: 'advertiser_id', kind: 'text', isRequired: true },
    { name: 'api_base', kind: 'address', isRequired: false, fallback: 'https://ad.e.kuaishou.com/rest/openapi' },
  ],
  map: ({ raw }) => mapKuaishou(raw),
  list: listKuaishou,
}
