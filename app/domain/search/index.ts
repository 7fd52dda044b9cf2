/** Search: finding leads, people and companies. Invariant: nobody finds what they may not see; a search reads a bounded number of rows. */
export { searchPage, findRecords, type HitGroup, type HitPage, type SearchResults } from './find-records'
export type { Hit } from './hit'
