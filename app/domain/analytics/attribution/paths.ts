/** Journeys that were alike: the channels touched in order, how many of them were won, what those were worth, how many were not. */
export type Path = { channels: readonly string[]; conversions: number; value: number; nulls: number }
export type Credit = { conversions: number; value: number }
/** Credit by channel; the sums over channels are the sums over paths. */
export type Credits = ReadonlyMap<string, Credit>

export const channelsOf = (paths: readonly Path[]): string[] => [...new Set(paths.flatMap(({ channels }) => channels))].sort()
export const totalOf = (paths: readonly Path[], of: (path: Path) => number): number => paths.reduce((sum, path) => sum + of(path), 0)
