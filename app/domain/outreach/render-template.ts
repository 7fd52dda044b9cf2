import { Liquid } from 'liquidjs'
import { mailVariables, mostBody, templateFilters, templateTags, type MailValues, type MailVariable, type TemplateFault } from './vocabulary'

/** What is wrong with a template, where (lines count from 1), and what it says there. */
export type Fault = { why: TemplateFault; line: number; name: string }
/** A template with a person's values in it. Where one is missing stands `[[its.name]]`, and its name is told. */
export type Filled = { text: string; missing: MailVariable[] }

const engine = safeEngine()
const known = new Set<string>(mailVariables)
// `{{ person.title | filters }}`: only plain variables can be missing.
const OUTPUT = /\{\{-?\s*([\w.]+)\s*((?:\|(?:(?!\}\}).)*?)?)(-?)\}\}/gs
const GAP = /\[\[([\w.]+)\]\]/g

/** A line of its own for every way in which a template may not be used; null where it may. Runs nothing. */
export function faultOf(template: string): Fault | null {
  if (template.length > mostBody) return { why: 'limit', line: 1, name: String(mostBody) }
  try {
    const { globals, variables } = engine.analyzeSync(engine.parse(template), { partials: false })
    const used = [...Object.values(variables), ...Object.values(globals)].flat()
    const unknown = used.find(({ segments }) => !known.has(segments.join('.')))
    if (unknown !== undefined) return { why: 'variable', line: unknown.location.row, name: nameOf(unknown.segments) }
    engine.parseAndRenderSync(withGaps(template), scopeOf(nobody))
    return null
  } catch (error) {
    return faultIn(error)
  }
}

/** Fills a template in. What the values say is never read as a template. @throws what `faultOf` would have told */
export function fillIn(template: string, values: MailValues): Filled {
  const text = String(engine.parseAndRenderSync(withGaps(template), scopeOf(values)))
  return { text, missing: gapsIn(text).filter((name) => values[name] === null || values[name] === '') }
}

/** Names of values that a text still waits for. */
export function gapsIn(text: string): MailVariable[] {
  return [...new Set([...text.matchAll(GAP)].map(([, name = '']) => name))].filter((name): name is MailVariable => known.has(name))
}

function safeEngine(): Liquid {
  const made = new Liquid({
    strictVariables: true, strictFilters: true, ownPropertyOnly: true, lenientIf: false, cache: false, relativeReference: false, dynamicPartials: false,
    // Nothing is ever looked up: every name is one of no template.
    templates: {}, parseLimit: 2 * mostBody, renderLimit: 500, memoryLimit: 200_000,
  })
  for (const name of Object.keys(made.tags)) if (!(templateTags as readonly string[]).includes(name)) Reflect.deleteProperty(made.tags, name)
  for (const name of Object.keys(made.filters)) if (!(templateFilters as readonly string[]).includes(name)) Reflect.deleteProperty(made.filters, name)
  made.registerFilter('gap', (value: unknown, name: string) => (value === null || value === undefined || value === '' ? `[[${name}]]` : value))
  return made
}

const withGaps = (template: string): string => template.replace(OUTPUT, (_, name: string, filters: string, trim: string) => `{{ ${name} ${filters} | gap: "${name}" ${trim}}}`)

function scopeOf(values: MailValues): Record<string, Record<string, string | null>> {
  const scope: Record<string, Record<string, string | null>> = {}
  for (const name of mailVariables) {
    const [about = '', field = ''] = name.split('.')
    // A newline in a name would begin a line of the mail that nobody wrote.
    ;(scope[about] ??= {})[field] = values[name]?.replace(/\s+/gu, ' ').trim() ?? null
  }
  return scope
}

const nobody = Object.fromEntries(mailVariables.map((name) => [name, null])) as MailValues
const nameOf = (segments: readonly unknown[]): string => segments.map((segment) => (typeof segment === 'string' || typeof segment === 'number' ? String(segment) : '…')).join('.').slice(0, 60)

function faultIn(error: unknown): Fault {
  const message = error instanceof Error ? error.message : ''
  const line = Number(/line:(\d+)/.exec(message)?.[1] ?? 1)
  const tag = /tag "?([\w-]+)"? not found/.exec(message)
  const filter = /undefined filter: ([\w-]+)/.exec(message)
  if (tag !== null) return { why: 'tag', line, name: tag[1] ?? '' }
  if (filter !== null) return { why: 'filter', line, name: filter[1] ?? '' }
  if (/limit exceeded/.test(message)) return { why: 'limit', line, name: '' }
  return { why: 'syntax', line, name: message.replace(/, line:.*$/s, '').slice(0, 120) }
}
