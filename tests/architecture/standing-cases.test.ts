import { describe, expect, it } from 'vitest'
import { type Source, sourcesIn, withoutComments } from './sources'

/** `doors` are the exported names by which tests can reach the verb: itself, or what wraps it in its file. */
type VerbSource = { identifier: string; doors: string[]; name: string; path: string }

const VERB = /(export )?const (\w+) = (?:command|query)(?:<[^>]*>)?\(\{\s*name:\s*'([^']+)'/g
const EXPORTED = /export (?:async )?(?:function|const) (\w+)/g
const CALL = /standingCases\(\s*(?:asVerb\(\s*)?(?:\w+\.)?(\w+)\s*,/g

function verbsIn(sources: readonly Source[]): VerbSource[] {
  return sources.flatMap(({ path, text }) => {
    const code = withoutComments(text)
    const exported = [...code.matchAll(EXPORTED)].map((match) => match[1] ?? '')
    return [...code.matchAll(VERB)].map(([, isExported, identifier = '', name = '']) => ({
      identifier, name, path, doors: isExported === undefined ? exported : [identifier],
    }))
  })
}

function callsIn(sources: readonly Source[]): Set<string> {
  return new Set(sources.flatMap(({ text }) => [...withoutComments(text).matchAll(CALL)].map((match) => match[1] ?? '')))
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index)
}

const verbs = verbsIn(sourcesIn('app/domain'))
const tested = callsIn(sourcesIn('tests/integration'))

describe('standing cases', () => {
  it('every verb has "without permission" and "other organisation"', () => {
    const missing = verbs.filter(({ doors }) => !doors.some((door) => tested.has(door)))
    expect(missing.map(({ name, path }) => `${name} (${path}): call standingCases(…) in its integration test`)).toEqual([])
  })

  it('every command and query is declared in the one form that these tests can see', () => {
    const made = sourcesIn('app/domain').filter(({ path }) => path !== 'app/domain/kernel/command.ts')
    const calls = made.flatMap(({ text }) => withoutComments(text).match(/(?<![\w.])(?:command|query)(?:<[^>]*>)?\(\{/g) ?? [])
    expect(calls).toHaveLength(verbs.length)
  })

  it('verbs have names and identifiers of their own', () => {
    expect(repeated(verbs.map(({ name }) => name))).toEqual([])
    expect(repeated(verbs.filter(({ identifier, doors }) => doors.includes(identifier)).map(({ identifier }) => identifier))).toEqual([])
  })

  it('sees verbs and calls', () => {
    const text = "export const moveStage = command({\n  name: 'lead.move-stage',\n"
    expect(verbsIn([{ path: 'x', text }])).toEqual([{ identifier: 'moveStage', doors: ['moveStage'], name: 'lead.move-stage', path: 'x' }])
    const wrapped = "const rename = command({ name: 'member.rename', })\nexport async function renameSelf() {}"
    expect(verbsIn([{ path: 'x', text: wrapped }])[0]?.doors).toEqual(['renameSelf'])
    expect(callsIn([{ path: 'x', text: 'standingCases(leads.moveStage, { input })\n// standingCases(never, {})\nstandingCases(asVerb(renameSelf, x), {})' }])).toEqual(new Set(['moveStage', 'renameSelf']))
  })
})
