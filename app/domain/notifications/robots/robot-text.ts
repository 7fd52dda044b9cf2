/** What a group is told: a title, lines of plain text, one link of ours. Names of people have passed `safeName`. */
export type RobotMessage = { title: string; lines: readonly string[]; link: { label: string; href: string } }

const LONGEST = 60
const wide = (char: string) => String.fromCodePoint((char.codePointAt(0) ?? 0) + 0xfee0)

/**
 * A name somebody else typed, as groups may read it: without what any of the four platforms takes for a mention, a link or
 * markup. Signs become their full-width twins, which look alike and mean nothing; so do dots that would make an address.
 */
export function safeName(name: string): string {
  const plain = name.normalize('NFC').replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim()
  return [...plain.replaceAll(/[@<>[\]()*_`~#|!\\&{}$^]/g, wide).replaceAll('://', '：//').replaceAll(/\.(?=[\p{L}\p{N}])/gu, '．')].slice(0, LONGEST).join('')
}

/** Lines that fit into so many bytes of UTF-8; the last says that there is more. */
export function fitting(lines: readonly string[], mostBytes: number): string[] {
  const kept: string[] = []
  let bytes = 0
  for (const line of lines) {
    bytes += Buffer.byteLength(line) + 4
    if (bytes > mostBytes) return [...kept, '…']
    kept.push(line)
  }
  return kept
}
