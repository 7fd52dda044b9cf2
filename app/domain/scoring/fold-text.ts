/** Texts that differ only in case, width or spaces are one. */
export const foldText = (text: string): string => text.normalize('NFKC').trim().toLowerCase().replaceAll(/\s+/g, ' ')

/** An address for comparing: without scheme, `www.` and what follows `#`. */
export const addressOf = (raw: string): string => foldText(raw).replace(/^[a-z][a-z0-9+.-]*:\/\//, '').replace(/^www\./, '').replace(/#.*$/s, '')

/** The page of an address: also without its query and a slash at the end. Null where nothing is left. */
export function pageOf(raw: string | null): string | null {
  const page = raw === null ? '' : addressOf(raw).replace(/\?.*$/s, '')
  const bare = page.replace(/\/+$/, '')
  return bare === '' ? (page === '' ? null : '/') : bare
}

/** What of a page follows its host. */
export const pathOf = (page: string): string => (page.startsWith('/') ? page : page.includes('/') ? page.slice(page.indexOf('/')) : '/')
