/** Privacy: what leaves and how. Invariant: what is purged is gone from every table, or nothing is. */
export { purgeOrganisation, type Purged } from './purge-organisation'
