export type Sort = { by: string; direction: 'asc' | 'desc' }

/** `?sort=spend` or `?sort=-spend`, the cursor dropped: a new order starts at its first page. */
export function sortSearch(search: string, { by, direction }: Sort): string {
  const params = new URLSearchParams(search)
  params.delete('after')
  params.delete('before')
  params.set('sort', direction === 'desc' ? `-${by}` : by)
  return `?${params}`
}

export function readSort(params: URLSearchParams, allowed: readonly string[], fallback: Sort): Sort {
  const text = params.get('sort') ?? ''
  const by = text.replace(/^-/, '')
  return allowed.includes(by) ? { by, direction: text.startsWith('-') ? 'desc' : 'asc' } : fallback
}
