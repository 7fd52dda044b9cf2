/** The last part of a URN, also of one with several: `urn:li:versionedLeadGenForm:(urn:li:leadGenForm:3162,1)` is 3162. */
export function idOfUrn(urn: string | null): string | null {
  if (urn === null) return null
  const inner = /\(([^(),]+)/.exec(urn)?.[1] ?? urn
  const id = inner.slice(inner.lastIndexOf(':') + 1).trim()
  return /^[\w.=~+-]{1,200}$/.test(id) ? id : null
}
