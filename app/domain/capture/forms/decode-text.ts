/**
 * Bytes of a form as text. UTF-8 first, whatever the label says: a wrong label is commoner than text that only looks
 * like UTF-8. Then the label, then GB18030, which old Chinese pages send without one.
 */
export function decodeText(bytes: Uint8Array, charset: string | null): string {
  const isWide = charset !== null && /^utf-?16/i.test(charset)
  for (const label of isWide ? [charset] : ['utf-8', charset, 'gb18030']) {
    const text = label === null ? null : strictly(bytes, label)
    if (text !== null) return text
  }
  return new TextDecoder('utf-8').decode(bytes)
}

function strictly(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
