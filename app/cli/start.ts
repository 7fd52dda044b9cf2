import { mendDriver } from '~db/mend-driver'

// Before anything loads the driver: the supervisor itself must outlive the end of its database.
mendDriver()
const { main } = await import('./supervisor')
await main()
