import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise, type ICruiseOptions, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from './sources'

// The import table is only worth what its rules catch: each line plants one import and says which rule must see it.
const PLANTED: readonly (readonly [from: string, to: string, rule: string])[] = [
  ['app/lib/money.ts', 'app/platform/env', 'lib-is-pure'],
  ['app/platform/log.ts', 'app/domain/leads/index', 'i18n-and-platform'],
  ['app/i18n/index.ts', 'db/client.server', 'i18n-and-platform'],
  ['db/schema/leads.ts', 'app/domain/leads/index', 'db'],
  ['app/domain/leads/vocabulary.ts', 'zod', 'vocabulary-without'],
  ['app/domain/leads/contract.ts', 'db/client.server', 'contract'],
  ['app/domain/leads/move-stage.ts', 'app/domain/people/find-person', 'domain'],
  ['app/domain/leads/move-stage.ts', 'app/domain/capture/index', 'layer-leads'],
  ['app/domain/kernel/command.ts', 'app/domain/orgs/index', 'layer-kernel'],
  ['app/domain/leads/move-stage.ts', '@remix-run/node', 'domain-without'],
  ['app/domain/leads/move-stage.ts', 'bullmq', 'bullmq-at-home'],
  ['app/domain/unheard/index.ts', 'app/lib/ids', 'known-modules'],
  ['app/ui/button.tsx', 'app/domain/leads/index', 'ui'],
  ['app/ui/button.tsx', 'app/domain/leads/contract', 'ui-contract-types'],
  ['app/ui/button.tsx', 'recharts', 'recharts-at-home'],
  ['app/http/page.ts', 'app/ui/button', 'http'],
  ['app/routes/app/leads.tsx', 'db/client.server', 'routes'],
  ['app/routes/app/leads.tsx', 'app/platform/env', 'routes'],
  ['app/routes/app/leads.tsx', 'drizzle-orm', 'drizzle-orm-at-home'],
  ['app/routes/app/leads.detail/route.tsx', 'app/routes/site/home', 'routes'],
  ['app/routes/app/leads.tsx', 'react-aria-components', 'react-aria-components-at-home'],
  ['app/api/hooks.ts', 'app/ui/button', 'api'],
  ['app/api/hooks.ts', 'app/domain/leads/move-stage', 'api'],
  ['app/routes/app/leads.tsx', 'hono', 'hono-at-home'],
  ['jobs/worker.ts', 'db/schema/leads', 'jobs'],
  ['jobs/worker.ts', 'app/http/page', 'jobs'],
  ['app/api/hooks.ts', 'jobs/board', 'board'],
  ['app/root.tsx', 'app/domain/leads/index', 'entries'],
  ['app/cli/main.ts', 'app/ui/button', 'cli'],
  ['app/cli/main.ts', 'postgres', 'postgres-at-home'],
  ['app/api/hooks.ts', 'tests/support/seed', 'nothing-imports-tests'],
]
// These the table allows.
const ALLOWED: readonly (readonly [from: string, to: string])[] = [
  ['app/domain/leads/move-stage.ts', 'app/domain/people/index'],
  ['app/domain/capture/ingest.ts', 'app/domain/leads/contract'],
  ['app/domain/kernel/context.ts', 'app/domain/orgs/vocabulary'],
  ['app/routes/app/leads.detail/route.tsx', 'app/routes/app/leads.detail/timeline'],
  ['app/server.ts', 'jobs/board'],
  ['jobs/worker.ts', 'db/client.server'],
  ['db/schema/leads.ts', 'app/domain/leads/vocabulary'],
]
const PACKAGES = ['zod', '@remix-run/node', 'bullmq', 'recharts', 'drizzle-orm', 'react-aria-components', 'hono', 'postgres']
const config = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as { forbidden: IForbiddenRuleType[]; options: ICruiseOptions }

let house = ''

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'clew-house-'))
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'))
})

afterAll(() => {
  rmSync(house, { recursive: true, force: true })
})

async function rulesBroken(from: string, to: string): Promise<string[]> {
  for (const folder of ['app', 'db', 'jobs', 'tests']) rmSync(join(house, folder), { recursive: true, force: true })
  const local = !PACKAGES.includes(to)
  if (local) write(`${to}.ts`, 'export const planted = 1\n')
  write(from, local ? `import { planted } from '${'../'.repeat(from.split('/').length - 1)}${to}'\nconsole.log(planted)\n` : `import * as planted from '${to}'\nconsole.log(planted)\n`)
  const { tsConfig: _tsConfig, ...options } = config.options
  const { output } = await cruise([from], { ...options, baseDir: house, preserveSymlinks: true, validate: true, ruleSet: { forbidden: config.forbidden } })
  return (output as ICruiseResult).summary.violations.map(({ rule }) => rule.name)
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true })
  writeFileSync(join(house, path), text)
}

describe('the import table', () => {
  it.each(PLANTED)('%s may not import %s (%s)', async (from, to, rule) => {
    expect(await rulesBroken(from, to)).toContain(rule)
  })

  it.each(ALLOWED)('%s may import %s', async (from, to) => {
    expect(await rulesBroken(from, to)).toEqual([])
  })
})
