const PREFIX_SHARE = 0.1
const PREFIX_LONGEST = 4

/** Jaro–Winkler similarity of two texts, 0 to 1 (Winkler 1990: prefix of up to four letters, share 0.1). */
export function jaroWinkler(a: string, b: string): number {
  const jaro = jaroSimilarity(a, b)
  let prefix = 0
  while (prefix < PREFIX_LONGEST && prefix < a.length && a[prefix] === b[prefix]) prefix += 1
  return jaro + prefix * PREFIX_SHARE * (1 - jaro)
}

// Compared millions of times: the work space is made once, for texts up to this length.
const LONGEST = 256
const takenB = new Uint8Array(LONGEST)
const foundA = new Uint16Array(LONGEST)
const lines = [new Uint16Array(LONGEST + 1), new Uint16Array(LONGEST + 1), new Uint16Array(LONGEST + 1)] as const

function jaroSimilarity(whole: string, other: string): number {
  if (whole === other) return 1
  if (whole === '' || other === '') return 0
  const [a, b] = [whole.slice(0, LONGEST), other.slice(0, LONGEST)]
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  takenB.fill(0, 0, b.length)
  let shared = 0
  for (let i = 0; i < a.length; i += 1) {
    const last = Math.min(b.length - 1, i + reach)
    const letter = a.charCodeAt(i)
    for (let j = Math.max(0, i - reach); j <= last; j += 1) {
      if (takenB[j] === 1 || letter !== b.charCodeAt(j)) continue
      takenB[j] = 1
      foundA[shared] = letter
      shared += 1
      break
    }
  }
  if (shared === 0) return 0
  let crossed = 0
  for (let j = 0, at = 0; j < b.length; j += 1) {
    if (takenB[j] !== 1) continue
    if (b.charCodeAt(j) !== foundA[at]) crossed += 1
    at += 1
  }
  return (shared / a.length + shared / b.length + (shared - crossed / 2) / shared) / 3
}

/**
 * Damerau's edit distance in its restricted form (insert, delete, change, swap of neighbours). Answers `limit` + 1 as
 * soon as the distance is sure to be larger.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit || Math.max(a.length, b.length) > LONGEST) return a === b ? 0 : limit + 1
  let [older, above, row] = lines as unknown as [Uint16Array, Uint16Array, Uint16Array]
  for (let j = 0; j <= b.length; j += 1) above[j] = j
  for (let i = 1; i <= a.length; i += 1) {
    row[0] = i
    let least = i
    const letter = a.charCodeAt(i - 1)
    for (let j = 1; j <= b.length; j += 1) {
      const facing = b.charCodeAt(j - 1)
      let cost = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + (letter === facing ? 0 : 1))
      const isSwap = i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === facing
      if (isSwap) cost = Math.min(cost, (older[j - 2] ?? 0) + 1)
      row[j] = cost
      if (cost < least) least = cost
    }
    if (least > limit) return limit + 1
    ;[older, above, row] = [above, row, older]
  }
  return Math.min(above[b.length] ?? 0, limit + 1)
}
