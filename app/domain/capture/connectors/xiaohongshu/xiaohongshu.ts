import type { Connector } from '../connector'

export const xiaohongshu: Connector = { standing: 'partly', fields: [], map: () => ({ issues: [{ path: '', code: 'no-connector' }] }) }
