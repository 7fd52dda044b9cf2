import { describe, expect, it } from 'vitest'
import { sourcesIn, textOf } from './sources'

type Messages = { [key: string]: string | Messages }

const LANGUAGES = ['en', 'zh-CN'] as const
const PLURAL = /_(?:ordinal_)?(?:zero|one|two|few|many|other)$/
const folder = (language: string) => `app/i18n/messages/${language}`

function catalogue(language: string): Map<string, string> {
  const entries = new Map<string, string>()
  for (const { path, text } of sourcesIn(folder(language), /\.json$/)) {
    const space = path.slice(folder(language).length + 1).replace(/\.json$/, '')
    flatten(JSON.parse(text) as Messages, `${space}:`, entries)
  }
  return entries
}

function flatten(messages: Messages, prefix: string, into: Map<string, string>): void {
  for (const [key, value] of Object.entries(messages)) {
    if (typeof value === 'string') into.set(prefix + key, value)
    else flatten(value, `${prefix}${key}.`, into)
  }
}

function bases(entries: Map<string, string>): string[] {
  return [...new Set([...entries.keys()].map((key) => key.replace(PLURAL, '')))].sort()
}

function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}|<(\w+)\s*\/?>/g)].map((match) => match[1] ?? `<${match[2] ?? ''}>`))].sort()
}

function placeholdersOf(entries: Map<string, string>): Record<string, string[]> {
  const all: Record<string, string[]> = {}
  for (const [key, text] of entries) {
    const base = key.replace(PLURAL, '')
    all[base] = [...new Set([...(all[base] ?? []), ...placeholders(text)])].sort()
  }
  return all
}

const [english, chinese] = LANGUAGES.map(catalogue)

describe('message catalogues', () => {
  it('say the same things in both languages', () => {
    expect(english?.size).toBeGreaterThan(0)
    expect(bases(chinese ?? new Map())).toEqual(bases(english ?? new Map()))
  })

  it('name the same values in both languages', () => {
    expect(placeholdersOf(chinese ?? new Map())).toEqual(placeholdersOf(english ?? new Map()))
  })

  it.each(LANGUAGES)('%s: leave nothing empty, and no plural form out', (language) => {
    const entries = catalogue(language)
    expect([...entries].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([])
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    const plural = [...entries.keys()].filter((key) => key.endsWith('_other') && !key.includes('_ordinal_')).map((key) => key.replace(PLURAL, ''))
    expect(plural.flatMap((base) => needed.map((form) => `${base}_${form}`)).filter((key) => !entries.has(key))).toEqual([])
  })

  it.each(LANGUAGES)('%s: every file is loaded', (language) => {
    const files = sourcesIn(folder(language), /\.json$/).map(({ path }) => path.slice(folder(language).length + 1))
    const index = `${textOf(`${folder(language)}/work.ts`)}${textOf(`${folder(language)}/rest.ts`)}`
    expect(files.filter((file) => !index.includes(file))).toEqual([])
  })

  it('reads placeholders and forms', () => {
    expect(placeholders('{{count}} of <b>{{ total, number }}</b>')).toEqual(['<b>', 'count', 'total'])
    expect(bases(new Map([['a:x_one', ''], ['a:x_other', '']]))).toEqual(['a:x'])
  })
})
