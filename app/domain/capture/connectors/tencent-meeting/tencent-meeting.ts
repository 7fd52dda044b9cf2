import type { Connector } from '../connector'

export const tencentMeeting: Connector = { standing: 'partly', fields: [], map: () => ({ issues: [{ path: '', code: 'no-connector' }] }) }
