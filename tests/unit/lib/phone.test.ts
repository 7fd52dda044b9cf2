import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { groupedPhone, normalizePhone, type PhoneKind } from '~/lib/phone'
import { readSharedFile, sharedTest } from '~tests/support/shared-data'

type Vector = Record<'region' | 'national_example' | 'e164' | 'is_valid' | 'number_type', string>

const KINDS: Record<string, PhoneKind> = {
  MOBILE: 'mobile', FIXED_LINE: 'landline', TOLL_FREE: 'service', PREMIUM_RATE: 'service', SHARED_COST: 'service',
  UAN: 'service', PAGER: 'service', VOIP: 'unknown', PERSONAL_NUMBER: 'unknown', FIXED_LINE_OR_MOBILE: 'unknown',
}

describe('normalizePhone', () => {
  it.each([
    ['13800138000', '+8613800138000', 'mobile', '138 0013 8000'],
    ['１３８ ００１３ ８０００', '+8613800138000', 'mobile', '138 0013 8000'],
    ['8613800138000', '+8613800138000', 'mobile', '138 0013 8000'],
    ['0086-138-0013-8000', '+8613800138000', 'mobile', '138 0013 8000'],
    ['400-820-8820', '+864008208820', 'service', '400 820 8820'],
    ['800 820 8820', '+868008208820', 'service', '800 820 8820'],
    ['010-62345678', '+861062345678', 'landline', '010 6234 5678'],
    ['+1 201 555 0123', '+12015550123', 'unknown', '+1 201 555 0123'],
  ])('reads %s in China', (raw, e164, kind, display) => {
    expect(normalizePhone(raw, 'CN')).toMatchObject({ e164, kind, display })
  })

  it('keeps an extension apart', () => {
    expect(normalizePhone('0755-8888 8888转801', 'CN')).toMatchObject({
      e164: '+8675588888888', kind: 'landline', extension: '801',
    })
  })

  it.each(['', '1380013800', '12345678901', '138001380000', 'call me', '10086', '0'.repeat(200)])('refuses %j', (raw) => {
    expect(normalizePhone(raw, 'CN')).toBeNull()
  })

  it('refuses an unknown country', () => {
    expect(normalizePhone('13800138000', 'XX')).toBeNull()
  })

  sharedTest('is right on every row of the vectors', 'data/contact/phone_vectors.csv', (file) => {
    const rows: Vector[] = parse(readSharedFile(file), { columns: true })
    expect(rows.length).toBe(1356)
    const wrong = rows.filter((row) => {
      const phone = normalizePhone(row.national_example, row.region)
      if (row.is_valid === '0') return phone !== null
      return phone?.e164 !== row.e164 || phone.kind !== KINDS[row.number_type]
    })
    expect(wrong).toEqual([])
  })

  sharedTest('reads the same numbers from their international spelling', 'data/contact/phone_vectors.csv', (file) => {
    const rows: Vector[] = parse(readSharedFile(file), { columns: true })
    const wrong = rows.filter((row) => (normalizePhone(row.e164, 'CN')?.e164 ?? null) !== (row.is_valid === '1' ? row.e164 : null))
    expect(wrong).toEqual([])
  })
})

describe('groupedPhone', () => {
  it.each([
    ['+8616110002998', '+8616110002998', '161 1000 2998'],
    ['+8613800138000', '13800138000', '138 0013 8000'],
    ['+862158881234', '+862158881234', '021 5888 1234'],
    ['+4930123456', '+4930123456', '+49 30 123456'],
    ['+14155552671', '+14155552671', '+1 415 555 2671'],
    // Grouped by whoever gave it, or more than a number: it stays.
    ['+8675588888888', '0755-8888 8888转801', '0755-8888 8888转801'],
    ['+8613800138000', '138-0013-8000', '138-0013-8000'],
    // What stands there is another number, or none.
    ['+8613800138000', '+8613900139000', '+8613900139000'],
    ['12', '12', '12'],
  ])('%s given as %s reads %s', (e164, shown, read) => {
    expect(groupedPhone(e164, shown)).toBe(read)
  })
})
