/** One merge's change of a value, in the order they were made. `splitAt` is null while it stands. */
export type Layer = { mergeId: string; at: Date; splitAt: Date | null; before: unknown; after: unknown }
/** `restored`: put `value` in place. `covered`: a later merge stands over it. `edited`: somebody changed it since. */
export type Unlayered = { kind: 'restored' | 'edited'; value: unknown } | { kind: 'covered' }

const same = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : (value ?? null)

/**
 * What a value goes back to when one merge is taken back, in whatever order they are: under a later merge nothing
 * moves; that one, taken back in its turn, then goes back past the earlier ones that no longer stand.
 */
export function takeOut(layers: readonly Layer[], mergeId: string, current: unknown): Unlayered {
  const index = layers.findIndex((layer) => layer.mergeId === mergeId)
  const own = layers[index]
  if (own === undefined) return { kind: 'covered' }
  if (layers.slice(index + 1).some(({ splitAt }) => splitAt === null)) return { kind: 'covered' }
  return { kind: same(current, own.after) ? 'restored' : 'edited', value: valueUnder(layers.slice(0, index), own) }
}

function valueUnder(earlier: readonly Layer[], own: Layer): unknown {
  let value = own.before
  for (const layer of [...earlier].reverse()) {
    const wasThere = layer.splitAt !== null && layer.splitAt >= own.at && same(layer.after, value)
    if (!wasThere) break
    value = layer.before
  }
  return value
}
