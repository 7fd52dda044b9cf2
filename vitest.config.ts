import { fileURLToPath } from 'node:url'
import { defineConfig, type TestProjectConfiguration } from 'vitest/config'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const alias = [
  { find: /^~\//, replacement: `${at('./app')}/` },
  { find: /^~db\//, replacement: `${at('./db')}/` },
  { find: /^~jobs\//, replacement: `${at('./jobs')}/` },
  { find: /^~tests\//, replacement: `${at('./tests')}/` },
]

// Fixed, so that no test writes generated secrets into the data folder.
const SECRETS = { SESSION_SECRET: 'tests-only-0123456789-abcdefghijklmnop', ENCRYPTION_KEY: '00112233445566778899aabbccddeeff'.repeat(2) }

const withDatabase = {
  globalSetup: ['./tests/support/database-setup.ts'],
  setupFiles: ['./tests/support/console-guard.ts', './tests/support/database-hooks.ts'],
  hookTimeout: 120_000,
}

function project(name: string, include: string[], more: object): TestProjectConfiguration {
  return {
    resolve: { alias },
    test: { name, include, pool: 'forks', maxWorkers: 2, env: { TZ: 'UTC', CLEW_ENV: 'test', LOG_LEVEL: 'silent', CLEW_TEST_PROJECT: name, ...SECRETS }, ...more },
  }
}

export default defineConfig({
  test: {
    projects: [
      project('unit', ['tests/unit/**/*.test.{ts,tsx}'], { setupFiles: ['./tests/support/console-guard.ts'], testTimeout: 20_000 }),
      project('integration', ['tests/integration/**/*.test.ts'], { ...withDatabase, testTimeout: 30_000 }),
      project('scenarios', ['tests/scenarios/**/*.test.ts'], { ...withDatabase, testTimeout: 120_000 }),
      project('architecture', ['tests/architecture/**/*.test.ts'], { ...withDatabase, setupFiles: [], testTimeout: 60_000 }),
    ],
  },
})
