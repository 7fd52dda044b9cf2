import { createRequire } from 'node:module'
import { getDomain } from 'tldts'

// Missing from the list of providers, common among Chinese and newer users.
const MORE_PROVIDERS = [
  'vip.163.com', 'vip.126.com', '188.com', '88.com', 'wo.cn', '139.com', '189.cn', 'sohu.com', 'vip.sohu.com',
  '163.net', '263.net', 'hey.com', 'fastmail.com', 'tutanota.com', 'tuta.com', 'tuta.io', 'duck.com', 'aliyun.com',
  'foxmail.com', 'vip.qq.com', 'proton.me', 'pm.me', 'mail.de', 'posteo.de', 'mailbox.org', 'skiff.com', 'onmail.com',
]
// In the list, but companies, schools and reserved names whose staff a business writes to.
const NOT_PROVIDERS = [
  'facebook.com', 'alibaba.com', 'go.com', 'about.com', 'sky.com', 'medscape.com', 'space.com', 'discovery.com',
  'nus.edu.sg', 'example.com', 'example.org', 'example.net', 'test.com', 'spb.ru', 'msk.ru', 'pp.ua', 'web.id',
  'berlin.de', 'indiatimes.com',
]
const providers = readProviders()

/** Whether a domain gives mailboxes to anybody, so that sharing it says nothing about sharing an employer. */
export function isFreeMail(domain: string): boolean {
  const name = domain.toLowerCase()
  return providers.has(name)
}

/** The part of a host or address that one owner registered: "mail.acme.co.uk" is "acme.co.uk". Null for none. */
export function registrableDomain(host: string): string | null {
  return getDomain(host.trim().toLowerCase(), { allowPrivateDomains: false })
}

/** The domain of a company as seen from an address's or website's host; null for free mail and bare suffixes. */
export function companyDomain(host: string): string | null {
  const domain = registrableDomain(host)
  return domain === null || isFreeMail(domain) || isFreeMail(host) ? null : domain
}

function readProviders(): ReadonlySet<string> {
  const listed: unknown = createRequire(import.meta.url)('email-providers/all.json')
  const known = Array.isArray(listed) ? listed.map(String) : []
  const all = new Set([...known, ...MORE_PROVIDERS])
  for (const domain of NOT_PROVIDERS) all.delete(domain)
  return all
}
