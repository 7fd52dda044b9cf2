import type { Connector } from '../connector'

export const kuaishou: Connector = { standing: 'partly', fields: [], map: () => ({ issues: [{ path: '', code: 'no-connector' }] }) }
