/** Lists count exactly up to ten thousand. */
export const countedAtMost = 10_001
