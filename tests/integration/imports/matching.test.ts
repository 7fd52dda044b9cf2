import iconv from 'iconv-lite'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { importDetail, importFile, uploadImport } from '~/domain/capture'
import { exportLeads } from '~/domain/leads'
import { fromUuid } from '~/lib/ids'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { bytesOf, checkedFile, everyRow, importedFile } from './a-file'

const people = async (org: TestOrganisation) => (await everyRow(org))['people'] as { name: string; title: string | null; city: string | null }[]
const KNOWN = 'id,created,name,email,mobile,company,website,title,city\n1,2024-01-02,王伟,wei@hengtai.cn,13812345678,恒泰科技,hengtai.cn,CTO,\n'

describe('whom a row matches', () => {
  it('e-mail before phone, then phone, then company domain and name; the rest is new; two people are said', async () => {
    const org = await anOrganisation()
    await importedFile(org, `${KNOWN}2,2024-01-02,李芳,fang@nova.cn,13900001111,Nova,nova.cn,,\n`)
    const importId = await checkedFile(org, [
      'id,created,name,email,mobile,company,website', '11,2024-02-01,王伟,wei@hengtai.cn,,恒泰科技,', '12,2024-02-01,王伟,other@hengtai.cn,13812345678,,', '13,2024-02-01,李芳,,,Nova,nova.cn',
      '14,2024-02-01,赵敏,min@nova.cn,,Nova,nova.cn', '15,2024-02-01,?,wei@hengtai.cn,13900001111,,', '1,2024-02-01,王伟,wei@hengtai.cn,13812345678,,', '16,2024-02-01,赵敏,min@nova.cn,,,', '',
    ].join('\n'))
    const { plan, warnings } = await importDetail(org.system, { importId })
    // 11 and 15 by e-mail, 12 by phone, 13 by domain and name, 14 joins the lead of Nova, 1 is known, 16 is 14 again.
    expect(plan?.matches).toEqual({ email: 3, phone: 1, 'domain-name': 1, company: 1, 'external-id': 1 })
    expect(plan?.tally).toEqual({ 'email-kept': 1, 'person-ambiguous': 1, 'person-twice': 1 })
    expect(warnings).toEqual(['person-ambiguous'])
  })

  it('with matching off every row is somebody, and a value stays with whom it belongs to', async () => {
    const org = await anOrganisation()
    await importedFile(org, KNOWN)
    await importedFile(org, KNOWN.replace('\n1,', '\n9,'), { columns: { id: 'external_id', name: 'full_name', email: 'email' }, options: { match: 'off' } })
    expect(await people(org)).toHaveLength(2)
    expect((await everyRow(org))['identities']).toHaveLength(2)
  })

  it.each([['fill', 'CTO', '上海'], ['overwrite', 'CEO', '上海'], ['keep', 'CTO', null]] as const)('a field that has a value: %s', async (rule, title, city) => {
    const org = await anOrganisation()
    await importedFile(org, KNOWN)
    const columns = { id: 'external_id', created: 'created_at', name: 'full_name', email: 'email', title: 'title', city: 'city' }
    await importedFile(org, 'id,created,name,email,title,city\n5,2024-02-01,王大伟,wei@hengtai.cn,CEO,上海\n', { columns, options: { rules: { title: rule, city: rule } } })
    expect(await people(org)).toMatchObject([{ name: '王伟', title, city }])
    expect(((await everyRow(org))['identities'] as { value: string }[]).map(({ value }) => value).sort()).toEqual(['+8613812345678', 'wei@hengtai.cn'])
  })

  it('an id of ours finds its lead and makes no inquiry; one of nobody is refused', async () => {
    const org = await anOrganisation()
    await importedFile(org, KNOWN)
    const [lead] = (await everyRow(org))['leads'] as { id: string }[]
    const detail = await importedFile(org, `Clew id,city\n${fromUuid('lead', lead?.id ?? '')},北京\n${fromUuid('lead', '01900000-0000-7000-8000-000000000000')},北京\nlead_x,北京\n`)
    expect(detail.counts).toMatchObject({ created: 0, updated: 1, failed: 2 })
    expect((await everyRow(org))['inquiries']).toHaveLength(1)
    expect(await people(org)).toMatchObject([{ city: '北京' }])
  })
})

describe('an export that comes back', () => {
  it('changes nothing: every row finds its lead by its id', async () => {
    const org = await anOrganisation()
    await importedFile(org, `${KNOWN}2,2024-01-03,=1+1,eq@nova.cn,13900001111,+Nova,nova.cn,@boss,深圳\n`)
    const before = await everyRow(org)
    const { csv, rows } = await exportLeads(org.system, {})
    expect([rows, csv.charCodeAt(0), csv.includes("'=1+1"), csv.includes("'@boss")]).toEqual([2, 0xfeff, true, true])
    expect((await importedFile(org, csv)).counts).toEqual({ rows: 2, created: 0, updated: 0, unchanged: 2, skipped: 0, failed: 0 })
    expect(await everyRow(org)).toEqual(before)
  })
})

describe('what the values leave open', () => {
  it('an ambiguous day is a warning to be ticked, or read as told; amounts with a comma, too', async () => {
    const org = await anOrganisation()
    const file = 'id,created,name,mobile,won date,amount\n1,03/04/2024,王伟,13812345678,05/04/2024,"1.234,50"\n'
    const importId = await checkedFile(org, file)
    expect(await importDetail(org.system, { importId })).toMatchObject({ warnings: ['date-ambiguous', 'amount-unreadable'], counts: { failed: 1 }, plan: { questions: { dayOrder: true, hasPhones: true } } })
    const columns = { id: 'external_id', created: 'created_at', name: 'full_name', mobile: 'mobile', 'won date': 'won_at', amount: 'amount' }
    await importedFile(org, file, { columns, options: { dayOrder: 'd/M', decimal: ',' } })
    const rows = await everyRow(org)
    expect(rows['leads']).toMatchObject([{ came_in_at: '2024-04-02T16:00:00+00:00' }])
    expect(rows['revenue_lines']).toMatchObject([{ amount: 123450 }])
  })

  it('names of owners and channels are kept as told; how a file was read is remembered for its headers', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep', { name: '李雷' })
    const memberId = rep.actor.kind === 'user' ? rep.actor.memberId : null
    const file = '编号,姓名,手机,渠道,负责人\n1,王伟,13812345678,baidu sem,雷子\n2,李芳,13912345678,抖音,雷子\n'
    const columns = { 编号: 'external_id', 姓名: 'full_name', 手机: 'mobile', 渠道: 'channel', 负责人: 'owner' }
    await importedFile(org, file, { columns, options: { owners: { 雷子: memberId }, channels: { 'baidu sem': '百度', 抖音: '' }, rules: { full_name: 'overwrite' } } })
    const rows = await everyRow(org)
    expect((rows['channels'] as { name: string }[]).map(({ name }) => name)).toEqual(['百度'])
    expect((rows['leads'] as { owner_id: string }[]).every(({ owner_id: owner }) => owner !== null)).toBe(true)
    const next = await importDetail(org.system, { importId: await checkedFile(org, file) })
    expect(next.plan?.reasons['姓名']).toBe('remembered')
    expect(next.plan?.mapping?.options).toEqual({ rules: { full_name: 'overwrite' } })
  })
})

describe('files of other kinds', () => {
  const read = async (content: Uint8Array) => {
    const org = await anOrganisation()
    const report = await importDetail(org.system, { importId: await checkedFile(org, content) })
    return report
  }

  it('vCard of a Chinese phone, quoted-printable in GBK, and a folded one of version 3', async () => {
    const name = [...iconv.encode('王伟', 'gbk')].map((byte) => `=${byte.toString(16).toUpperCase()}`).join('')
    const card = `BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:${name.slice(0, 6)}=\r\n${name.slice(6)};;;\r\nTEL;CELL:13812345678\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\n  Lee\r\nTEL;TYPE=work:+1 212 555 0123\r\nEMAIL:ann@\r\n acme.com\r\nORG:Acme\\, Inc.;Sales\r\nEND:VCARD\r\n`
    const detail = await read(bytesOf(card))
    expect(detail.counts).toMatchObject({ rows: 2, created: 2 })
    expect(detail.plan?.samples).toMatchObject({ last_name: '王伟', mobile: '13812345678', email: 'ann@acme.com', company: 'Acme, Inc.' })
  })

  it('JSON with inner objects and NDJSON; ids beyond 2^53 stay whole', async () => {
    expect((await read(bytesOf('[{"id":90071992547409931,"contact":{"email":"a@acme.cn"},"tags":["x","y"]}]'))).plan?.samples).toMatchObject({ id: '90071992547409931', 'contact.email': 'a@acme.cn', tags: 'x; y' })
    expect((await read(bytesOf('{"id":"1","email":"a@acme.cn"}\n{"id":"2","email":"b@acme.cn"}\n'))).counts).toMatchObject({ rows: 2, created: 2 })
  })

  it('a workbook; one that unpacks to too much, or lies about it, is refused at once', async () => {
    const sheet = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Email</t></is></c><c r="B1" t="inlineStr"><is><t>姓名</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>a@acme.cn</t></is></c><c r="B2" t="inlineStr"><is><t>王伟</t></is></c></row></sheetData></worksheet>'
    expect((await read(workbook(sheet))).plan?.samples).toEqual({ Email: 'a@acme.cn', 姓名: '王伟' })
    const org = await anOrganisation()
    const upload = (content: Uint8Array) => uploadImport(org.system, { kind: 'leads', fileName: 'x.xlsx', content: Uint8Array.from(content) })
    const bomb = `<worksheet>${' '.repeat(30_000_000)}</worksheet>`
    await expect(upload(workbook(bomb))).rejects.toMatchObject({ code: 'file-unreadable', params: { why: 'unpacks-to-too-much' } })
    await expect(upload(workbook(bomb, 1000))).rejects.toMatchObject({ params: { why: 'unpacks-to-too-much' } })
    await expect(upload(zip({ 'a.txt': 'hello' }))).rejects.toMatchObject({ params: { why: 'not-a-table' } })
    await expect(upload(workbook(sheet).subarray(0, 300))).rejects.toMatchObject({ code: 'file-unreadable' })
  })

  it('hostile tables: NUL, halves of characters, columns called like parts of objects, a giant cell', async () => {
    const org = await anOrganisation()
    const text = '__proto__,constructor,id,name,email\nx,y,1,王\u0000伟,a@acme.cn\n'
    expect((await importFile(org.system, { kind: 'leads', open: () => bytesOf(text), mapping: { columns: { id: 'external_id', name: 'full_name', email: 'email', constructor: 'custom.constructor' } } })).counts).toMatchObject({ created: 1 })
    expect(await people(org)).toMatchObject([{ name: '王伟' }])
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
    await expect(importFile(org.system, { kind: 'leads', open: () => bytesOf(`id,name\n1,"${'x'.repeat(50_000_000)}"\n`) })).rejects.toMatchObject({ params: { why: 'line-too-long' } })
    await expect(importFile(org.system, { kind: 'leads', open: () => bytesOf(`${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')}\n`) })).rejects.toMatchObject({ params: { why: 'too-many-columns' } })
  })
})

/** A zip of these files; `claim` is the size its list pretends. */
function zip(files: Record<string, string>, claim?: number): Uint8Array {
  const parts: Buffer[] = []
  const list: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(files)) {
    const packed = deflateRawSync(Buffer.from(text))
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0); head.writeUInt16LE(20, 4); head.writeUInt16LE(8, 8); head.writeUInt32LE(crc(Buffer.from(text)), 14)
    head.writeUInt32LE(packed.length, 18); head.writeUInt32LE(Buffer.byteLength(text), 22); head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0); entry.writeUInt16LE(20, 4); entry.writeUInt16LE(20, 6); entry.writeUInt16LE(8, 10); entry.writeUInt32LE(crc(Buffer.from(text)), 16)
    entry.writeUInt32LE(packed.length, 20); entry.writeUInt32LE(claim ?? Buffer.byteLength(text), 24); entry.writeUInt16LE(name.length, 28); entry.writeUInt32LE(at, 42)
    parts.push(head, Buffer.from(name), packed)
    list.push(entry, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const size = list.reduce((sum, part) => sum + part.length, 0)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0); end.writeUInt16LE(list.length / 2, 8); end.writeUInt16LE(list.length / 2, 10); end.writeUInt32LE(size, 12); end.writeUInt32LE(at, 16)
  return Uint8Array.from(Buffer.concat([...parts, ...list, end]))
}

function crc(bytes: Buffer): number {
  let value = 0xffffffff
  for (const byte of bytes.subarray(0, 100_000)) {
    value ^= byte
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0)
  }
  return (value ^ 0xffffffff) >>> 0
}

function workbook(sheet: string, claim?: number): Uint8Array {
  return zip({
    '[Content_Types].xml': '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    '_rels/.rels': '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    'xl/workbook.xml': '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': sheet,
  }, claim)
}
