/** A name as it is matched: NFKC, lower case, single blanks. "Google  ADS" and "google ads" are one channel. */
export function foldName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim()
}
