import { encode } from 'uqr'

/** A QR code as one SVG path of dark modules, with its quiet zone, in units of a module. */
export type QrPath = { size: number; path: string }
const QUIET = 4

/** Draws a text as a QR code that survives a scratch (level M). Runs of dark modules are one stroke of the path. */
export function qrPath(text: string): QrPath {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET })
  const path = data.map((row, y) => runsOf(row).map(({ x, length }) => `M${x} ${y}h${length}v1h-${length}z`).join('')).join('')
  return { size, path }
}

function runsOf(row: readonly boolean[]): { x: number; length: number }[] {
  const runs: { x: number; length: number }[] = []
  row.forEach((isDark, x) => {
    const last = runs.at(-1)
    if (!isDark) return
    if (last !== undefined && last.x + last.length === x) last.length += 1
    else runs.push({ x, length: 1 })
  })
  return runs
}
