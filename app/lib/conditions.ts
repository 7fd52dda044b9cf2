/** One row of a filter: a field, what is asked of it, and the values any of which will do. */
export type Condition = { field: string; op: string; values: string[] }

/** `stage.is.qualified.graded`: how a condition stands in an address. A dot inside a value is written `~.`, a tilde `~~`. */
export function writeCondition({ field, op, values }: Condition): string {
  return [field, op, ...values.map((value) => value.replaceAll('~', '~~').replaceAll('.', '~.'))].join('.')
}

/** The condition that `writeCondition` wrote, or null where a field or what is asked of it is missing. */
export function readCondition(text: string): Condition | null {
  const parts: string[] = ['']
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at)
    if (letter === '.') {
      parts.push('')
      continue
    }
    if (letter === '~') at += 1
    parts[parts.length - 1] += letter === '~' ? text.charAt(at) : letter
  }
  const [field = '', op = '', ...values] = parts
  return /^[a-z_0-9]+$/.test(field) && /^[a-z]+$/.test(op) ? { field, op, values } : null
}
