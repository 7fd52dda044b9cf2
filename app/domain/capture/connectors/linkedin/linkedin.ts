import type { Connector } from '../connector'

export const linkedin: Connector = { standing: 'partly', fields: [], map: () => ({ issues: [{ path: '', code: 'no-connector' }] }) }
