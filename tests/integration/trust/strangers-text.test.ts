import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { advanceImport, importResult, processDelivery, startImport, uploadImport } from '~/domain/capture'
import { connectorOf } from '~/domain/capture/connectors/registry'
import { normaliseDraft } from '~/domain/capture/normalise-draft'
import { emptyDraft } from '~/domain/capture/lead-draft'
import { systemContext } from '~/domain/kernel'
import { exportLeads, listLeads } from '~/domain/leads'
import { companyKey } from '~/lib/company-name'
import { csvHead, csvLines, escapeFormulas, unescapeFormulas } from '~/lib/csv'
import { readCsv, sniffCsv } from '~/lib/csv-import'
import { parseDateTime } from '~/lib/dates'
import { normalizeEmail } from '~/lib/email'
import { companyDomain } from '~/lib/email-domain'
import { newId } from '~/lib/ids'
import { parseJson } from '~/lib/json-big'
import { parseMoney } from '~/lib/money'
import { normalizePhone } from '~/lib/phone'
import { searchTokens } from '~/lib/search-tokens'
import { letter } from '~/platform/letter'
import { singleAddress } from '~/platform/mail'
import { scrub } from '~/platform/scrub'
import { aGoogleSource, aStandardSource, deliveryIds } from '~tests/integration/capture/a-source'
import { mapBody } from '~tests/support/connectors'
import { useCommittedRows } from '~tests/support/committed-rows'
import { NOON } from '~tests/support/organisations'
import { seeded } from '~tests/support/seed'
import { scripts } from '~tests/support/strangers-text'
import { ask } from './site'
import { aSession, aTrustWorld, type World } from './world'

useCommittedRows()

let a: World
beforeAll(async () => { a = await aTrustWorld(`cnry_E_${newId('org').slice(-8)}`) })

/** What a browser would run or fetch in a page, apart from what carries the page's own nonce. */
function dangersIn(html: string, nonce: string): string[] {
  // Data for the page stands in scripts of ours; there only the end of a script or a comment could break out.
  const bare = html.replace(new RegExp(`<script\\b[^>]*nonce="${nonce.replace(/[+/=]/g, '\\$&')}"[^>]*>([\\s\\S]*?)</script>`, 'g'), (_, inner: string) => (/<\/?script|<!--/i.test(inner) ? '<script>broken out</script>' : ''))
  const tags = bare.match(/<[a-z][^>]*>/gi) ?? []
  return tags.filter((tag) => /^<(script|iframe|object|embed|base|style|math|body[^>]+on)|\son[a-z]+\s*=|(?:href|src|action)\s*=\s*["']?\s*(?:javascript|data|vbscript):|evil\.example/i.test(tag.replace(/"[^"]*(?:x9|evil)[^"]*"/g, (value) => (/^"\s*(?:javascript|data|vbscript):/i.test(value) ? value : '""'))))
}

describe('T43: what a stranger types is only ever text', () => {
  it('the check itself sees what it should', () => {
    for (const text of ['<script>x9()</script>', '<img src=x onerror=x9()>', '<a href="javascript:x9()">', '<iframe src=x>', '<base href=//evil.example>']) expect(dangersIn(`<p>${text}</p>`, 'n'), text).not.toEqual([])
    expect(dangersIn('<p>&lt;script&gt;x9()</p><script nonce="n">["\\u003cscript"]</script>', 'n')).toEqual([])
    expect(dangersIn('<script nonce="n">["</script><script>x9()"]</script>', 'n')).not.toEqual([])
  })

  it(`${String(scripts.length)} payloads in every field, by webhook, Google, import and partner, on every page of every reader`, async () => {
    const standard = await aStandardSource(a.org, { name: `${scripts[1] ?? ''} ${newId('src')}` })
    const google = await aGoogleSource(a.org)
    for (const [at, text] of scripts.entries()) {
      await standard.post({ data: {
        external_id: `x${String(at)}`, full_name: text, title: text, email: `p${String(at)}@standard${String(at)}-trust.com`, company: `${text} ${String(at)}`, website: `${text}.${String(at)}`, industry: text, country: text, region: text, city: text,
        message: text, landing_page: `https://x.example/?utm_source=${text}`, referrer: text, channel: text, campaign: text, product_line: text, wechat: `${text}${String(at)}`, answers: [{ question: text, answer: text }], [text]: text, campaign_id: text,
      } }, { id: `x${String(at)}` })
      await google.post(JSON.stringify({ lead_id: `g${String(at)}`, google_key: google.secret, user_column_data: [{ column_id: 'FULL_NAME', string_value: text }, { column_id: 'EMAIL', string_value: `g${String(at)}@google${String(at)}-trust.com` }, { column_id: text, column_name: text, string_value: text }] }))
    }
    for (const deliveryId of await deliveryIds(a.org)) await processDelivery(systemContext(a.org.orgId, 'process-delivery', NOON), { deliveryId })
    const rows = scripts.map((text, at) => [`i${String(at)}`, text, text, text].map((cell) => `"${cell.replaceAll('\u0000', '').replaceAll('"', '""')}"`).join(','))
    const { importId } = await uploadImport(a.org.system, { kind: 'leads', fileName: `${scripts[2] ?? ''}.csv`, content: Buffer.from(`id,name,company,${scripts[3] ?? ''}\n${rows.join('\n')}\n`) })
    await advanceImport(a.org.system, { importId })
    const partner = (await aSession(a.people.partner.userId)).cookie
    for (const [at, text] of scripts.entries()) {
      const status = (await ask('/partner', { form: { company: text.replaceAll('\u0000', ''), name: text, title: text, phone: '', email: `q${String(at)}@example.com`, message: text }, headers: { cookie: partner } })).status
      expect(status).toBeLessThan(500)
    }
    const cookies = { admin: (await aSession(a.people.admin.userId)).cookie, partner }
    const { rows: leads } = await listLeads(a.org.system, { limit: 200 })
    expect(leads.length).toBeGreaterThan(80)
    const deliveries = (await deliveryIds(a.org)).slice(-12)
    const pages: [keyof typeof cookies, string][] = [
      ['admin', '/leads'], ['admin', '/queue'], ['admin', '/deliveries'], ['admin', '/sources'], ['admin', '/channels'], ['admin', '/funnel?by=channel'], ['admin', '/funnel?by=campaign'], ['admin', `/imports/${importId}`], ['admin', '/imports'],
      ['partner', '/partner'], ...scripts.slice(0, 12).map((text): [keyof typeof cookies, string] => ['admin', `/leads?q=${encodeURIComponent(text)}`]), ...scripts.slice(0, 12).map((text): [keyof typeof cookies, string] => ['admin', `/sign-in?next=${encodeURIComponent(text)}`]),
      ...leads.slice(0, 45).map(({ id }): [keyof typeof cookies, string] => ['admin', `/leads/${id}`]), ...deliveries.map((id): [keyof typeof cookies, string] => ['admin', `/deliveries/${id}`]),
    ]
    let seen = 0
    for (const [who, path] of pages) {
      const answer = await ask(path, { headers: { cookie: cookies[who] } })
      const html = await answer.text()
      expect(answer.status, path).toBeLessThan(500)
      if (!(answer.headers.get('content-type') ?? '').startsWith('text/html')) continue
      if (html.includes('x9()')) seen += 1
      const nonce = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1] ?? ''
      expect(dangersIn(html, nonce), `${who} ${path}`).toEqual([])
    }
    expect(seen, 'pages that show the payloads').toBeGreaterThan(40)
  }, 90_000)
})

// What Excel, LibreOffice and Sheets take for a formula, at the beginning of a cell or after another delimiter.
const runs = (cell: string) => /(^|[;\t\r\n|,])[\s"'\u200b\ufeff]*[=+\-@＝＋－＠]/u.test(cell.replaceAll(/(^|[;\t\r\n|,])([\s"'\u200b\ufeff]*)'[=+\-@＝＋－＠]/gu, '$1$2safe'))
const formulas = ['=1+1', '+1+1', '-1+1', '@SUM(A1)', '=cmd|\' /C calc\'!A0', '\t=1', '\r=1', '\n=1', '＝1+1', '＋1', '－1+1', '＠SUM', ' =1', '"=1', "'=1", 'x;=1', 'x\t=1', 'x,=1', 'x|=1', 'x\n=1', '\ufeff=1', '\u200b=1', '=HYPERLINK("http://evil.example")', '"";=1', 'a\r\n=1']

describe('T47: no cell of an export is a formula, and what comes back is what went', () => {
  it('cells', () => {
    for (const cell of formulas) {
      expect(runs(escapeFormulas(cell)), JSON.stringify(cell)).toBe(false)
      expect(unescapeFormulas(escapeFormulas(cell)), JSON.stringify(cell)).toBe(cell)
    }
    expect(runs('=1') && runs('x;=1') && runs('\t=1')).toBe(true)
  })

  it('10,000 random cells through a file and back', () => {
    const piece = fc.constantFrom('=', '+', '-', '@', '＝', '\t', '\r', '\n', ' ', '"', "'", ',', ';', '|', 'a', '1', '\ufeff', '张')
    fc.assert(fc.property(fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')), (cell) => {
      const text = csvHead(['a', 'b']) + csvLines([[cell, 'x']])
      const [, row] = parse(text, { bom: true, relax_column_count: true }) as string[][]
      expect(runs(row?.[0] ?? '')).toBe(/^-?\d+$/.test(cell) && cell.startsWith('-'))
      expect(row).toHaveLength(2)
    }), seeded({ numRuns: 10_000 }))
  })

  it('the exports that exist: leads, funnel, result of an import', async () => {
    const source = await aStandardSource(a.org, { name: `=source ${newId('src')}` })
    for (const [at, text] of formulas.entries()) await source.post({ data: { external_id: `f${String(at)}`, full_name: text, title: text, company: `${text}${String(at)}`, city: text, campaign: text, email: `f${String(at)}@example.com` } }, { id: `f${String(at)}` })
    for (const deliveryId of await deliveryIds(a.org)) await processDelivery(systemContext(a.org.orgId, 'process-delivery', NOON), { deliveryId })
    const content = `id,name,${formulas[0] ?? ''}\n${formulas.map((text, at) => `r${String(at)},"${text.replaceAll('"', '""')}","${text.replaceAll('"', '""')}"`).join('\n')}\n`
    const { importId } = await uploadImport(a.org.system, { kind: 'leads', fileName: 'x.csv', content: Buffer.from(content) })
    await advanceImport(a.org.system, { importId })
    await startImport(a.org.system, { importId })
    await advanceImport(a.org.system, { importId })
    const cookie = (await aSession(a.people.admin.userId)).cookie
    const files = [(await exportLeads(a.org.system, {})).csv, Buffer.from((await importResult(a.org.system, { importId })).content).toString('utf8')]
    for (const by of ['source', 'campaign', 'channel', 'owner']) files.push(await (await ask(`/funnel/export?period=all&by=${by}`, { headers: { cookie } })).text())
    let cells = 0
    for (const file of files) for (const row of parse(file, { bom: true, relax_column_count: true, relax_quotes: true }) as string[][]) for (const cell of row) {
      cells += 1
      if (!/^-?\d+(\.\d+)?$/.test(cell)) expect(runs(cell), JSON.stringify(cell)).toBe(false)
    }
    expect(cells).toBeGreaterThan(800)
  }, 60_000)
})

describe('T52: one mail to one person, whatever is in the name', () => {
  const never = ['a@example.com\r\nBcc: b@evil.example', 'a@example.com\nSubject: x', 'a@example.com,b@evil.example', 'a@example.com;b@evil.example', '"a@evil.example"@example.com b@evil.example', 'x: a@example.com;', '<a@example.com>', 'a(comment)@example.com', 'a@example.com ', ' a@example.com', 'a@example.com\u0000', 'a@exa\u2028mple.com', `${'a'.repeat(1_000_000)}@example.com`, '', '@example.com', 'a@', 'a@@example.com', 'a@example.com>,<b@evil.example']
  it.each(never)('%#: not an address', (address) => expect(() => singleAddress(address)).toThrow(RangeError))
  it('an address is itself', () => expect(singleAddress('li.wei+x@example.com')).toBe('li.wei+x@example.com'))
  it('a letter holds names as text', () => {
    for (const text of scripts) expect(dangersIn(letter({ greeting: text, lines: [text], button: { label: text, href: `https://example.com/${text}` }, after: [text] }).html.replace(/^<!doctype html><html><head><meta charset="utf-8"><\/head><body[^>]*>/, ''), 'n'), text).toEqual([])
  })
})

describe('T51: 100 KB of evil text holds nobody up', () => {
  const long = 100_000
  const evil = [' ', '\n', '\t', '\r\n', ',', ';', '|', '"', "'", '=', '\t=', '\n\'', '-', '+', '(', '()', '0', '1', '转', 'a', 'A1', '.', '..', '@', 'a@', 'a.', '<', '<a', '<a@b.', '\\', '/', ':', '://', '&', '%', '\u0301', '😀', '\u200b', '有限公司', 'Inc. ', 'co,', '{', '[', '"a":', 'bearer ', '+86 138', 'a://', '12/', '2024-', '1,', '1 ']
    .flatMap((unit) => [unit.repeat(Math.ceil(long / unit.length)).slice(0, long), `${unit.repeat(Math.ceil(long / unit.length)).slice(0, long)}!`])
  const within = async (work: () => unknown): Promise<number> => {
    const started = performance.now()
    try { await work() } catch { /* a refusal is an answer */ }
    return performance.now() - started
  }
  const bytes = (text: string) => Buffer.from(text)
  const readers: Record<string, (text: string) => unknown> = {
    phone: (text) => normalizePhone(text, 'CN'), email: normalizeEmail, 'mail domain': companyDomain, 'company name': companyKey, 'search words': (text) => searchTokens(text), moment: (text) => parseDateTime(text, { timeZone: 'Asia/Shanghai' }), money: (text) => parseMoney(text, 'CNY'),
    json: parseJson, 'json string': (text) => parseJson(JSON.stringify({ a: text })), 'escape formulas': escapeFormulas, 'unescape formulas': unescapeFormulas, 'csv dialect': (text) => sniffCsv(bytes(text)), log: scrub,
    csv: async (text) => { for await (const row of readCsv(bytes(`a,b\n${text}\n`))) void row },
    'standard mapper': (text) => mapBody(connectorOf('standard'), { data: { email: text, phone: text, full_name: text, company: text, website: text, landing_page: text, message: text, [text]: text } }),
    'google mapper': (text) => mapBody(connectorOf('google-ads'), { lead_id: text, user_column_data: [{ column_id: text, string_value: text }] }),
    draft: (text) => normaliseDraft({ ...emptyDraft, emails: [text], phones: [text], company: text.slice(0, 500), website: text.slice(0, 2_000), fullName: text }, 'CN'),
  }
  it.each(Object.keys(readers))('%s', async (name) => {
    const read = readers[name]
    const slow: string[] = []
    for (const text of evil) {
      const took = await within(() => read?.(text))
      // A second look, because another process may have had the core.
      const most = name === 'csv' ? 8_000 : 1_000
      if (took > most && (await within(() => read?.(text))) > most) slow.push(`${JSON.stringify(text.slice(0, 12))}: ${took.toFixed(0)} ms`)
      if (slow.length > 2) break
    }
    expect(slow).toEqual([])
  }, 60_000)
})
