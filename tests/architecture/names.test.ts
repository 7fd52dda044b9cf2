import { describe, expect, it } from 'vitest'
import { sourcesIn } from './sources'

const VAGUE = /^(?:utils?|helpers?|services?|common|misc|managers?|data|info)$|(?:^|[-.])(?:utils?|helpers?|managers?)(?=[-.]|$)|\d$/i
const KEBAB = /^(?:[a-z0-9$_]+(?:[-.][a-z0-9$_]+)*)$/
// Names that other tools or standards give.
const GIVEN = /^(?:zh-CN|v1|e2e|common\.json)$/
// A journey is named after the role that walks it, and one role is "manager".
const JOURNEY = /^tests\/e2e\/[a-z-]+\.test\.ts$/

function vague(path: string): string[] {
  const parts = path.split('/').filter((part) => !GIVEN.test(part))
  return parts.map((part) => part.replace(/\.(?:test\.)?(?:[cm]?[jt]sx?|json|sql|css)$/, '')).filter((name) => VAGUE.test(name) || !KEBAB.test(name))
}

describe('names', () => {
  it('say what is inside, in kebab-case', () => {
    const paths = ['app', 'db', 'jobs', 'tests'].flatMap((folder) => sourcesIn(folder, /\.(?:[cm]?[jt]sx?|json|css)$/)).map(({ path }) => path)
    const wrong = paths.filter((path) => !/\/fixtures\//.test(path) && !JOURNEY.test(path) && vague(path).length > 0)
    expect(wrong).toEqual([])
  })

  it('notices the empty ones', () => {
    const wrong = ['app/lib/utils.ts', 'app/services/x.ts', 'app/lib/date-helpers.ts', 'jobs/job-manager.ts', 'app/lib/MyThing.ts', 'app/lib/process2.ts']
    expect(wrong.filter((path) => vague(path).length === 0)).toEqual([])
    expect(['app/lib/json-big.ts', 'app/routes/site/f.$key.tsx', 'app/i18n/messages/zh-CN/index.ts'].flatMap(vague)).toEqual([])
  })
})
