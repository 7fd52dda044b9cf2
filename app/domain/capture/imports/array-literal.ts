/** A PostgreSQL array literal of texts: a few parameters for thousands of rows, and no JSON to take apart again. */
export function textArray(values: readonly (string | null)[]): string {
  if (values.length === 0) return '{}'
  // Joined as one wherever that is right: quoting a million cells one by one is a million pieces of garbage.
  if (!values.some((value) => value === null || needsEscape(value))) return `{"${values.join('","')}"}`
  return `{${values.map(quoted).join(',')}}`
}

const needsEscape = (value: string): boolean => value.includes('"') || value.includes('\\')

function quoted(value: string | null): string {
  if (value === null) return 'NULL'
  return needsEscape(value) ? `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : `"${value}"`
}

/** A literal of values that need no quoting: ids, numbers, moments, yes and no. */
export function plainArray(values: readonly (string | number | boolean | null)[]): string {
  return `{${(values.includes(null) ? values.map((value) => value ?? 'NULL') : values).join(',')}}`
}
