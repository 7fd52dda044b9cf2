/** An e-mail address that can receive mail over SMTP. */
export type Email = Readonly<{
  /** As stored and written to: the domain in lower case, the rest as given. */
  address: string
  /** For comparing people: lower case, no plus tag, and no dots where the provider ignores them. */
  key: string
  domain: string
  /** Legal but seldom meant: a quoted local part, an address literal, a bare or numeric top level. */
  unusual: boolean
}>

const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
const DOT_ATOM = new RegExp(`^${ATOM}(?:\\.${ATOM})*$`)
const QUOTED = /^"(?:[!#-[\]-~]|\\[ -~])*"$/
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i
const HEX_GROUP = /^[0-9a-f]{1,4}$/i
const DOTLESS = new Set(['gmail.com', 'googlemail.com'])
const SAME_DOMAIN: Readonly<Record<string, string>> = { 'googlemail.com': 'gmail.com' }
const MAX = { address: 254, local: 64, domain: 253 }

/**
 * Reads an address that a person typed: surrounding blanks, full-width characters and "mailto:" are mended,
 * an international domain becomes its ASCII form. Null where no mail could be sent to it.
 */
export function normalizeEmail(raw: string): Email | null {
  if (raw.length > 4 * MAX.address) return null
  const text = raw.normalize('NFKC').trim().replace(/^mailto:/i, '')
  const at = text.lastIndexOf('@')
  if (at < 1) return null
  const parsed = parseMailbox(`${text.slice(0, at)}@${asciiDomain(text.slice(at + 1))}`)
  if (parsed === null) return null
  const domain = parsed.domain.toLowerCase()
  return {
    address: `${parsed.local}@${domain}`,
    key: matchKey(parsed.local, domain),
    domain,
    unusual: parsed.unusual,
  }
}

/**
 * Splits an address strictly by the Mailbox rule of RFC 5321 §4.1.2, without mending anything: no comments,
 * no folding, no obsolete forms. Null where it does not follow the rule.
 */
export function parseMailbox(address: string): { local: string; domain: string; unusual: boolean } | null {
  const at = address.lastIndexOf('@')
  const local = address.slice(0, Math.max(at, 0))
  const domain = address.slice(at + 1)
  if (local === '' || local.length > MAX.local || address.length > MAX.address) return null
  const quoted = QUOTED.test(local)
  if (!quoted && !DOT_ATOM.test(local)) return null
  if (domain.startsWith('[')) return isLiteral(domain) ? { local, domain, unusual: true } : null
  const labels = domain.split('.')
  if (domain.length > MAX.domain || !labels.every((label) => LABEL.test(label))) return null
  const top = labels.at(-1) ?? ''
  return { local, domain, unusual: quoted || labels.length === 1 || /^\d+$/.test(top) }
}

/** Hides most of the local part: "w***@example.com". */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf('@')
  return at < 1 ? '***' : `${address.slice(0, 1)}***${address.slice(at)}`
}

function matchKey(local: string, domain: string): string {
  const lower = local.toLowerCase()
  if (lower.startsWith('"')) return `${lower}@${domain}`
  const untagged = lower.includes('+') && !lower.startsWith('+') ? lower.slice(0, lower.indexOf('+')) : lower
  const dotless = DOTLESS.has(domain) ? untagged.replaceAll('.', '') : untagged
  return `${dotless}@${SAME_DOMAIN[domain] ?? domain}`
}

function asciiDomain(domain: string): string {
  if (/^[\x20-\x7e]*$/.test(domain)) return domain
  if (/[\s/\\?#@:%]/u.test(domain)) return ''
  try {
    return new URL(`http://${domain}`).hostname
  } catch {
    return ''
  }
}

function isLiteral(domain: string): boolean {
  const inside = /^\[(.*)\]$/.exec(domain)?.[1]
  if (inside === undefined) return false
  return inside.startsWith('IPv6:') ? isIpv6(inside.slice(5)) : isIpv4(inside)
}

function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)
}

// RFC 5321 §4.1.3: eight groups, or at most six beside one "::"; an IPv4 tail counts as two.
function isIpv6(text: string): boolean {
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const tail = groups.at(-1)
  const v4 = tail?.includes('.') === true
  if (v4 && !isIpv4(tail)) return false
  const hex = v4 ? groups.slice(0, -1) : groups
  if (!hex.every((group) => HEX_GROUP.test(group))) return false
  const count = hex.length + (v4 ? 2 : 0)
  return halves.length === 2 ? count <= 6 : count === 8
}
