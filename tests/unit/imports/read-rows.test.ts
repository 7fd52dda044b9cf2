import { describe, expect, it } from 'vitest'
import { fitMapping, type MappingFile } from '~/domain/capture/imports/mapping'
import { readHead } from '~/domain/capture/imports/read-head'
import { readLeadRow } from '~/domain/capture/imports/read-lead-row'
import { readOutcomeRow } from '~/domain/capture/imports/read-outcome-row'

const settings = { timeZone: 'America/Sao_Paulo', currency: 'BRL', now: new Date('2024-05-15T04:00:00Z') }
const mapped = (columns: MappingFile['columns'], kind: 'leads' | 'outcomes' = 'leads', more: Partial<MappingFile> = {}) =>
  fitMapping({ columns, ...more }, Object.keys(columns), kind).mapping
const lead = (values: Record<string, string>, columns: MappingFile['columns']) => readLeadRow(Object.keys(columns).map((name) => values[name] ?? ''), mapped(columns), settings)
const codes = ({ problems }: { problems: { code: string }[] }) => problems.map(({ code }) => code)

describe('a row of leads', () => {
  it('a day is its first instant in the organisation’s zone', () => {
    const { row } = lead({ id: 'a', at: '2018-02-01' }, { id: 'external_id', at: 'created_at' })
    // Summer time in São Paulo ended on 18 February 2018: midnight was at 02:00 UTC.
    expect(row?.draft.at?.toISOString()).toBe('2018-02-01T02:00:00.000Z')
  })
  it('a format decides the order of day and month; without one it is ambiguous', () => {
    expect(lead({ id: 'a', at: '3/4/2024' }, { id: 'external_id', at: { field: 'created_at', format: 'd/M/yyyy' } }).row?.draft.at?.toISOString()).toBe('2024-04-03T03:00:00.000Z')
    expect(codes(lead({ id: 'a', at: '3/4/2024' }, { id: 'external_id', at: 'created_at' }))).toEqual(['date-ambiguous'])
  })
  it('refuses bad, missing and future dates, and rows that name nobody', () => {
    expect(codes(lead({ id: 'a', at: '2018-02-30' }, { id: 'external_id', at: 'created_at' }))).toEqual(['date-unreadable'])
    expect(codes(lead({ id: 'a', at: ' ' }, { id: 'external_id', at: 'created_at' }))).toEqual(['date-missing'])
    expect(codes(lead({ id: 'a', at: '2025-01-01' }, { id: 'external_id', at: 'created_at' }))).toEqual(['date-in-future'])
    expect(codes(lead({ id: '', city: 'Ulm' }, { id: 'external_id', city: 'city' }))).toEqual(['nobody'])
  })
  it('an empty channel stays empty, apart from one called unknown', () => {
    const columns = { id: 'external_id', origin: 'channel' }
    expect(lead({ id: 'a', origin: '' }, columns).row?.draft.channel).toBeNull()
    expect(lead({ id: 'a', origin: 'unknown' }, columns).row?.draft.channel).toBe('unknown')
  })
  it('a row without an id is the same row when it comes again, on another day too', () => {
    const columns = { mail: 'email', name: 'full_name' }
    const first = lead({ mail: 'a@b.cn', name: 'Li' }, columns).row?.externalId
    const second = readLeadRow(['a@b.cn', 'Li'], mapped(columns), { ...settings, now: new Date('2024-06-01T00:00:00Z') }).row?.externalId
    expect(first).toMatch(/^row-/)
    expect(second).toBe(first)
  })
  it('a stage without a date is known from now; an unknown stage is remarked on', () => {
    const columns = { id: 'external_id', status: 'stage' }
    expect(lead({ id: 'a', status: 'Closed Won' }, columns).row?.outcome).toMatchObject({ wonAt: settings.now })
    expect(lead({ id: 'a', status: 'Purple' }, columns).row).toMatchObject({ outcome: null, remarks: ['stage-unknown'] })
  })
})

describe('a row of outcomes', () => {
  const columns = { id: 'external_id', won: 'won_at', lost: 'lost_at', why: 'lost_reason', sum: 'amount', cur: 'currency', g: 'grade' }
  const outcome = (values: Record<string, string>) => readOutcomeRow(Object.keys(columns).map((name) => (name === 'id' ? 'a' : '') || (values[name] ?? '')), mapped(columns, 'outcomes'), settings)
  it('reads money in minor units of the row’s currency, else of the organisation’s', () => {
    expect(outcome({ won: '2024-01-02', sum: '1,234.50' }).row?.outcome).toMatchObject({ amount: 123450n, currency: 'BRL' })
    expect(outcome({ won: '2024-01-02', sum: '900', cur: 'jpy' }).row?.outcome).toMatchObject({ amount: 900n, currency: 'JPY' })
    expect(codes(outcome({ won: '2024-01-02', sum: 'much' }))).toEqual(['amount-unreadable'])
    expect(codes(outcome({ won: '2024-01-02', sum: '1', cur: 'QQQ' }))).toEqual(['currency-unknown'])
  })
  it('refuses both won and lost, and grades that are none; keeps unknown reasons as other', () => {
    expect(codes(outcome({ won: '2024-01-02', lost: '2024-01-03' }))).toEqual(['won-and-lost'])
    expect(codes(outcome({ g: 'E' }))).toEqual(['grade-unknown'])
    expect(outcome({ lost: '2024-01-03', why: '预算不足' }).row?.outcome?.lostReason).toBe('budget')
    expect(outcome({ lost: '2024-01-03', why: 'moon phase' }).row).toMatchObject({ outcome: { lostReason: 'other' }, remarks: ['lost-reason-unknown'] })
    expect(outcome({}).row?.outcome).toBeNull()
  })
})

describe('a mapping file', () => {
  const fit = (file: MappingFile) => fitMapping(file, ['a', 'b', 'Opt out'], 'leads').problems.map(({ code, name }) => `${code} ${name}`)
  it('is refused for columns the file lacks, fields nobody knows, fields given twice and consent', () => {
    expect(fit({ columns: { a: 'email', z: 'phone' } })).toEqual(['column-missing z'])
    expect(fit({ columns: { a: 'emial' } })).toEqual(['field-unknown emial'])
    expect(fit({ columns: { a: 'email', b: 'email' } })).toEqual(['field-twice email'])
    expect(fit({ columns: { a: 'consent_email' } })).toEqual(['field-is-consent consent_email'])
    expect(fit({ columns: { a: 'custom.size', b: '' } })).toEqual([])
  })
  it('names its key without naming it again', () => {
    expect(fitMapping({ columns: { b: 'channel' }, key: 'a' }, ['a', 'b'], 'leads').mapping.key).toBe('a')
  })
})

describe('the head of a file', () => {
  const head = (text: string) => readHead(() => Buffer.from(text))
  it('finds headers under a title, and does not take data for headers', async () => {
    expect((await head('Report of May,,\nEmail,Phone,Company\na@b.cn,1,Acme\n')).headers).toEqual(['Email', 'Phone', 'Company'])
    expect((await head('ref,kind\n1,email\n2,phone\n')).headers).toEqual(['ref', 'kind'])
  })
  it('refuses empty files and broken quotes with the reason', async () => {
    await expect(head('')).rejects.toMatchObject({ code: 'file-unreadable', params: { why: 'empty' } })
    await expect(head('a,b\n1,"2\n')).rejects.toMatchObject({ code: 'file-unreadable', params: { why: 'broken-quotes' } })
  })
})
