/** A value for people who may know that it is there, not what it says: its first character, and its length hidden. */
export function masked(value: string): string {
  const [first = ''] = value
  return first === '' ? '' : `${first}•••`
}

const SECRET_NAME = /^(google_?key|.*(token|secret|password|passwd|api_?key|access_?key|app_?key|sign(ature)?))$/i
const IN_JSON = /("(?:[^"\\]|\\.)*")(\s*:\s*)("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*)/g
const IN_FORM = /(^|&)([^=&\s]+)=([^&\s]*)/g

/** A kept body or header for reading: what a platform sends as its key or token is covered, everything else stays. */
export function withoutSecrets(text: string): string {
  const json = text.replace(IN_JSON, (all, name: string, between: string) => (SECRET_NAME.test(name.slice(1, -1)) ? `${name}${between}"••••••"` : all))
  return json.trimStart().startsWith('{') || json.trimStart().startsWith('[') ? json : json.replace(IN_FORM, (all, start: string, name: string) => (SECRET_NAME.test(name) ? `${start}${name}=••••••` : all))
}

/** Headers the same way. */
export const headersWithoutSecrets = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, /token|authorization|cookie|api-key|secret/i.test(name) ? '••••••' : value]))
