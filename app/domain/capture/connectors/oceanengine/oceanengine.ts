import type { Connector } from '../connector'

export const oceanengine: Connector = { standing: 'partly', fields: [], map: () => ({ issues: [{ path: '', code: 'no-connector' }] }) }
