/** Remembers which keys a file has had: 8 bytes each, because a million texts in a Set take 100 MB. */
export function seenKeys(): { add: (key: string) => boolean } {
  let size = 1 << 14
  let high = new Int32Array(size)
  let low = new Int32Array(size)
  let count = 0

  const place = (a: number, b: number): number => {
    let at = (a ^ (b << 5)) & (size - 1)
    while (high[at] !== 0 || low[at] !== 0) {
      if (high[at] === a && low[at] === b) return -1
      at = (at + 1) & (size - 1)
    }
    return at
  }
  const grow = () => {
    const [oldHigh, oldLow] = [high, low]
    size *= 2
    high = new Int32Array(size)
    low = new Int32Array(size)
    oldHigh.forEach((a, index) => {
      const b = oldLow[index] ?? 0
      if (a === 0 && b === 0) return
      const at = place(a, b)
      high[at] = a
      low[at] = b
    })
  }
  /** True where the key is new. Two of a million keys are taken for one once in 37 million files. */
  const add = (key: string): boolean => {
    const [a, b] = hash(key)
    const at = place(a, b)
    if (at === -1) return false
    high[at] = a
    low[at] = b
    count += 1
    if (count * 2 > size) grow()
    return true
  }
  return { add }
}

// cyrb53 (public domain), both halves whole: 64 bits.
function hash(key: string): [number, number] {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < key.length; i += 1) {
    const code = key.charCodeAt(i)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return [a | 1, b | 0]
}
