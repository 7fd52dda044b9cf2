/** HTML that was put together here. Everything else is text, and is escaped. */
export type Html = { readonly html: string }
type Part = Html | string | number | null | undefined | false | readonly Part[]

/** Writes HTML: what stands between the braces is text unless it is HTML itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.reduce((text, piece, at) => text + textOf(parts[at - 1]) + piece) }
}

/** Attributes of a tag, names ours, values escaped; false and null leave one out, true writes its name. */
export function attributes(values: Readonly<Record<string, string | number | boolean | null | undefined>>): Html {
  const written = Object.entries(values).map(([name, value]) => (value === true ? ` ${name}` : value === false || value == null ? '' : ` ${name}="${escapeHtml(String(value))}"`))
  return { html: written.join('') }
}

/** CSS and other text of ours that must stand as it is. */
export const trusted = (text: string): Html => ({ html: text })

function textOf(part: Part): string {
  if (part === null || part === undefined || part === false) return ''
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part))
  return 'html' in part ? part.html : part.map(textOf).join('')
}

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
