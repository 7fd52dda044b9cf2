import type { Connector } from '../connector'

export const tencentAds: Connector = { standing: 'partly', fields: [], map: () => ({ issues: [{ path: '', code: 'no-connector' }] }) }
