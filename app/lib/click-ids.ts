/** UTM parameters that are kept, in the order they are shown. */
export const UTM_PARAMS = [
  'utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content', 'utm_id',
  'utm_source_platform', 'utm_creative_format', 'utm_marketing_tactic',
] as const
export type UtmParam = (typeof UTM_PARAMS)[number]

/** Click ids and the platform each belongs to (conventions.md §1). */
export const CLICK_ID_PARAMS = {
  gclid: 'google', wbraid: 'google', gbraid: 'google', gclsrc: 'google', dclid: 'google',
  fbclid: 'meta', msclkid: 'microsoft', li_fat_id: 'linkedin', ttclid: 'tiktok', twclid: 'x', ScCid: 'snap',
  epik: 'pinterest', rdt_cid: 'reddit', obclid: 'outbrain', tblci: 'taboola',
  clickid: 'oceanengine', callback: 'oceanengine', bd_vid: 'baidu', qhclickid: 'qihoo',
  gdt_vid: 'tencent', qz_gdt: 'tencent', click_id: 'tencent', yclid: 'yandex', sogou_vid: 'sogou',
} as const
export type ClickIdParam = keyof typeof CLICK_ID_PARAMS

/** What a landing address says about where its visitor came from. Values keep their case. */
export type Tracking = Readonly<{
  utm: Partial<Record<UtmParam, string>>
  clickIds: Partial<Record<ClickIdParam, string>>
  /** Ids of platforms not known here: parameters whose name ends in `clid` or `_vid`. */
  otherIds: Record<string, string>
}>

const MAX_VALUE = 2048
const MAX_OTHER = 20
const MACRO = /^(?:__[A-Z0-9_]+__|\{\{?[^{}]*\}?\})$/
const UNKNOWN_ID = /^[a-z0-9_]{1,40}(?:clid|_vid)$/
const utmByName = new Map(UTM_PARAMS.map((name) => [name.toLowerCase(), name]))
const clickIdByName = new Map(
  (Object.keys(CLICK_ID_PARAMS) as ClickIdParam[]).map((name) => [name.toLowerCase(), name]),
)

/**
 * Reads UTM parameters and click ids from an address or its parameters. Names match in any case, values are
 * kept as sent, the first non-empty value wins, and a macro the platform never filled in is left out.
 */
export function readTracking(source: URL | URLSearchParams | string): Tracking {
  const utm: Partial<Record<UtmParam, string>> = {}
  const clickIds: Partial<Record<ClickIdParam, string>> = {}
  const otherIds: Record<string, string> = Object.create(null) as Record<string, string>
  for (const [rawName, rawValue] of paramsOf(source)) {
    const value = rawValue.trim().slice(0, MAX_VALUE)
    if (value === '' || MACRO.test(value)) continue
    const name = rawName.toLowerCase()
    const utmName = utmByName.get(name)
    const clickId = clickIdByName.get(name)
    if (utmName !== undefined) utm[utmName] ??= value
    else if (clickId !== undefined) clickIds[clickId] ??= value
    else if (UNKNOWN_ID.test(name) && Object.keys(otherIds).length < MAX_OTHER) otherIds[name] ??= value
  }
  return { utm, clickIds, otherIds }
}

function paramsOf(source: URL | URLSearchParams | string): URLSearchParams {
  if (source instanceof URLSearchParams) return source
  if (source instanceof URL) return source.searchParams
  const query = source.indexOf('?')
  const text = query >= 0 ? source.slice(query + 1) : /^[a-z][a-z0-9+.-]*:/i.test(source) ? '' : source
  return new URLSearchParams(text.replace(/#.*$/, ''))
}
