import { hamburg } from './hamburg'
import { hangzhou } from './hangzhou'
import type { World } from './world'

/** The told worlds of the demo, shared by tests. */
export const worlds: readonly World[] = [hangzhou, hamburg]
export { tell, type ToldWorld } from './tell'
export { bodyOf } from './bodies'
export type { WorldRows } from './rows'
export type { World } from './world'
export type { House, Seat } from './house'
export { ruleSetOf } from './assign'
