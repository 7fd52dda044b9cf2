import { defineConfig } from '@playwright/test'
import type { Browser } from './tests/support/browser'

// The global setup finds the browser and starts the application; workers read this file again and see both.
const browser = JSON.parse(process.env['CLEW_E2E_BROWSER'] ?? '{}') as Partial<Browser>

export default defineConfig({
  testDir: './tests/e2e',
  testMatch: '**/*.test.ts',
  globalSetup: './tests/support/e2e-setup.ts',
  outputDir: './test-results',
  workers: 2,
  fullyParallel: false,
  // A second try is told in the closing lines: headless Chromium on a shared machine drops a hydration now and then.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env['CLEW_E2E_REPORT'] === undefined ? [['list']] : [['line'], ['json', { outputFile: process.env['CLEW_E2E_REPORT'] }]],
  use: {
    baseURL: process.env['CLEW_E2E_URL'],
    browserName: 'chromium',
    headless: true,
    locale: 'en-US',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'off',
    launchOptions: { executablePath: browser.executablePath, args: browser.args, env: { ...(process.env as Record<string, string>), ...browser.env } },
  },
})
