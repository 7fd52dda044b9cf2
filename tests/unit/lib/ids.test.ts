import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromUuid, isId, newId, newUuid, readId, toUuid } from '~/lib/ids'

// From the TypeID specification, spec/valid.yml and spec/invalid.yml.
const VALID = [
  ['00000000000000000000000000', '00000000-0000-0000-0000-000000000000'],
  ['00000000000000000000000001', '00000000-0000-0000-0000-000000000001'],
  ['0000000000000000000000000a', '00000000-0000-0000-0000-00000000000a'],
  ['0000000000000000000000000g', '00000000-0000-0000-0000-000000000010'],
  ['00000000000000000000000010', '00000000-0000-0000-0000-000000000020'],
  ['7zzzzzzzzzzzzzzzzzzzzzzzzz', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  ['0123456789abcdefghjkmnpqrs', '0110c853-1d09-52d8-d73e-1194e95b5f19'],
  ['01h455vb4pex5vsknk084sn02q', '01890a5d-ac96-774b-bcce-b302099a8057'],
] as const

describe('ids', () => {
  it.each(VALID)('%s is %s', (suffix, uuid) => {
    expect(fromUuid('prefix', uuid)).toBe(`prefix_${suffix}`)
    expect(toUuid(`prefix_${suffix}`)).toBe(uuid)
  })

  it.each([
    'lead_8zzzzzzzzzzzzzzzzzzzzzzzzz', 'lead_01H455VB4PEX5VSKNK084SN02Q', 'lead_01h455vb4pex5vsknk084sn02',
    'lead_01h455vb4pex5vsknk084sn02qq', 'lead_01h455vb4pex5vsknk084sn0iu', 'lead_01h455vb4p-x5vsknk084sn02q',
    'lead-01h455vb4pex5vsknk084sn02q', '_01h455vb4pex5vsknk084sn02q', '01h455vb4pex5vsknk084sn02q', 'lead_', '',
    'LEAD_01h455vb4pex5vsknk084sn02q', '1lead_01h455vb4pex5vsknk084sn02q', 'lead__01h455vb4pex5vsknk084sn02q',
  ])('refuses %j', (id) => {
    expect(() => toUuid(id)).toThrow(RangeError)
    expect(isId('lead', id)).toBe(false)
  })

  it('tells prefixes apart', () => {
    expect(isId('lead', 'src_01h455vb4pex5vsknk084sn02q')).toBe(false)
    expect(isId('src', 'src_01h455vb4pex5vsknk084sn02q')).toBe(true)
    expect(readId('src', 'src_01h455vb4pex5vsknk084sn02q')).toBe('01890a5d-ac96-774b-bcce-b302099a8057')
    expect(isId('src', 42)).toBe(false)
  })

  it('refuses a malformed UUID or prefix', () => {
    expect(() => fromUuid('lead', '01890a5d-ac96-774b-bcce-b302099a805')).toThrow(RangeError)
    expect(() => fromUuid('Lead', '01890a5d-ac96-774b-bcce-b302099a8057')).toThrow(RangeError)
    expect(() => fromUuid('_a', '01890a5d-ac96-774b-bcce-b302099a8057')).toThrow(RangeError)
  })

  it('makes ids of version 7 in order', () => {
    const ids = Array.from({ length: 2000 }, () => newId('lead'))
    expect([...ids].sort()).toEqual(ids)
    expect(new Set(ids).size).toBe(2000)
    expect(toUuid(ids[0] ?? '').charAt(14)).toBe('7')
  })

  it('carries the time it is given, forwards and backwards', () => {
    const millisecond = (at: string) => parseInt(newUuid(new Date(at)).replaceAll('-', '').slice(0, 12), 16)
    expect(millisecond('2024-03-01T00:00:00.123Z')).toBe(1_709_251_200_123)
    expect(millisecond('2017-06-14T00:00:00.000Z')).toBe(1_497_398_400_000)
    expect(millisecond('2024-03-01T00:00:00.123Z')).toBe(1_709_251_200_123)
  })

  it('returns the same UUID for every UUID', () => {
    fc.assert(fc.property(fc.uuid(), (uuid) => toUuid(fromUuid('x', uuid)) === uuid))
  })
})
