/** A PostgreSQL array literal of texts: a few parameters for thousands of rows, and no JSON to take apart again. */
export function textArray(values: readonly (string | null)[]): string {
  let literal = '{'
  for (const [index, value] of values.entries()) {
    if (index > 0) literal += ','
    if (value === null) literal += 'NULL'
    else literal += value.includes('"') || value.includes('\\') ? `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : `"${value}"`
  }
  return `${literal}}`
}

/** A literal of values that need no quoting: ids, numbers, moments, yes and no. */
export function plainArray(values: readonly (string | number | boolean | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`
}
