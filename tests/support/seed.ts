import type { Parameters as FastCheckParameters } from 'fast-check'

const chosen = process.env['SEED']
const drawn = chosen === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(chosen)
let told = false

/** The seed of this run's randomised tests: `SEED=` in the environment, or drawn and printed. */
export function seed(): number {
  if (!told) process.stdout.write(`SEED=${String(drawn)}\n`)
  told = true
  return drawn
}

/** Parameters for `fc.assert`, so that a failure can be run again with `SEED=`. */
export function seeded<T>(more: FastCheckParameters<T> = {}): FastCheckParameters<T> {
  return { seed: seed(), ...more }
}

/** Random numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function random(from: number = seed()): () => number {
  let state = from >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
