import type { Connector } from '../connector'

export const zoom: Connector = { standing: 'partly', fields: [], map: () => ({ issues: [{ path: '', code: 'no-connector' }] }) }
