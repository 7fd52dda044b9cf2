import { encode } from 'uqr'
import { describe, expect, it } from 'vitest'
import { qrPath } from '~/lib/qr-path'

/** The modules a path paints, read back from its runs. */
function painted({ size, path }: { size: number; path: string }): boolean[][] {
  const grid = Array.from({ length: size }, () => Array.from({ length: size }, () => false))
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let i = 0; i < Number(length); i += 1) grid[Number(y)]![Number(x) + i] = true
  }
  return grid
}

describe('qrPath', () => {
  const text = 'otpauth://totp/Clew:a%40acme.example?secret=JBSWY3DPEHPK3PXP&issuer=Clew'

  it('paints exactly the dark modules', () => {
    expect(painted(qrPath(text))).toEqual(encode(text, { ecc: 'M', border: 4 }).data)
  })

  it('leaves four modules of quiet around', () => {
    const grid = painted(qrPath(text))
    expect(grid.slice(0, 4).flat().concat(grid.slice(-4).flat(), grid.flatMap((row) => [...row.slice(0, 4), ...row.slice(-4)])).some(Boolean)).toBe(false)
    expect(grid[4]?.slice(4, 11)).toEqual([true, true, true, true, true, true, true])
  })
})
