import { XMLParser } from 'fast-xml-parser'
import { cleanText } from '../../clean-text'

const MOST = 200_000
// No entity is ever replaced: what a document declares cannot be fetched and cannot grow.
const parser = new XMLParser({ processEntities: false, ignoreAttributes: true, parseTagValue: false, trimValues: true, allowBooleanAttributes: false })

/** The plain fields of WeCom's `<xml>`; null for anything else. A document type is refused before it is read. */
export function readXml(text: string): ReadonlyMap<string, string> | null {
  if (text.length > MOST || /<!(?:DOCTYPE|ENTITY)/i.test(text) || !text.trimStart().startsWith('<xml')) return null
  try {
    const document = parser.parse(text) as { xml?: unknown }
    const { xml } = document
    if (typeof xml !== 'object' || xml === null) return null
    return new Map(Object.entries(xml).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as [string, string]] : [])))
  } catch {
    return null
  }
}

/** A field as text the database can hold; null where it is missing or blank. */
export const fieldOf = (fields: ReadonlyMap<string, string>, name: string, most = 200): string | null => cleanText(fields.get(name) ?? '', most)
