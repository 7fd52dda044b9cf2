import type { Connector } from '../connector'

export const baidu: Connector = { standing: 'partly', fields: [], map: () => ({ issues: [{ path: '', code: 'no-connector' }] }) }
