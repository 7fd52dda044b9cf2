import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest'
import { accessVariables } from '~/cli/database'
import { forgetEnv } from '~/platform/env'
import { wantsCommittedRows } from './committed-rows'
import { beginTest, disconnect, endTest, isRolledBack, testAccess, testDb, testDriver } from './database'
import type { PoolRole } from '~db/client.server'

// Verbs reach the database through db/client.server: here its pools become the test's own transaction.
vi.mock('~db/client.server', async (original) => {
  const real = await original<typeof import('~db/client.server')>()
  return {
    ...real,
    database: (role?: PoolRole) => (isRolledBack() ? testDb(role) : real.database(role)),
    driver: (role?: PoolRole) => (isRolledBack() ? testDriver(role) : real.driver(role)),
  }
})

beforeAll(async () => {
  Object.assign(process.env, accessVariables(await testAccess()))
  forgetEnv()
})

beforeEach(async () => {
  if (!wantsCommittedRows()) await beginTest()
})

afterEach(async () => {
  await endTest()
})

afterAll(async () => {
  const { closeDatabase } = await vi.importActual<typeof import('~db/client.server')>('~db/client.server')
  await closeDatabase()
  // Committed rows and events would be found by relays and counts of the files that follow.
  await disconnect({ withDatabase: wantsCommittedRows() })
})
