/** What a column holds, which says how two of its values are compared. `ignore`: not compared at all. */
export const columnKinds = ['name', 'company', 'date', 'year', 'month', 'day', 'code', 'number', 'postcode', 'phone', 'email', 'text', 'category', 'ignore'] as const
export type ColumnKind = (typeof columnKinds)[number]

/** How two values agree. `moved`: each stands, the same, in another column of its kind (swapped names, lines). */
export const levels = ['exact', 'close', 'near', 'moved', 'far', 'missing'] as const
export type Level = (typeof levels)[number]
/** The places of the levels in patterns and in tables of m and u; `missing` says nothing and stands in neither. */
export const LEVEL = { exact: 0, close: 1, near: 2, moved: 3, far: 4, missing: 5 } as const satisfies Record<Level, number>
export const COUNTED = 5
