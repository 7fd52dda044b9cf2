import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCipher, hmacSha256, randomToken, sha256, timingSafeEqualText } from '~/platform/crypto'

const [oldKey, newKey] = [randomBytes(32), randomBytes(32)]

describe('sealing', () => {
  const cipher = createCipher([newKey])

  it('opens to the same text, for any text and context', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, context) => {
      expect(cipher.decrypt(cipher.encrypt(text, context), context)).toBe(text)
    }))
  })

  it('never seals the same text the same way twice, nor shows it', () => {
    const [one, two] = [cipher.encrypt('13800138000'), cipher.encrypt('13800138000')]
    expect(one).not.toBe(two)
    expect(Buffer.from(one.split('.')[2] ?? '', 'base64url').includes('13800138000')).toBe(false)
  })

  it('refuses a value moved to another place', () => {
    const sealed = cipher.encrypt('smtp password', 'org_a/settings')
    expect(() => cipher.decrypt(sealed, 'org_b/settings')).toThrow()
  })

  it('refuses every single changed byte', () => {
    const [version, id, body = ''] = cipher.encrypt('secret').split('.')
    const bytes = Buffer.from(body, 'base64url')
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => cipher.decrypt(`${version}.${id}.${changed.toString('base64url')}`)).toThrow()
    }
    for (const cut of ['', 'c1', `c1.${id}.`, `c2.${id}.${body}`, `c1.00000000.${body}`]) expect(() => cipher.decrypt(cut)).toThrow()
  })
})

describe('rotation', () => {
  const before = createCipher([oldKey])
  const after = createCipher([newKey, oldKey])

  it('opens what the old key sealed, seals with the new, and knows which is stale', () => {
    const sealed = before.encrypt('kept')
    expect(after.decrypt(sealed)).toBe('kept')
    expect(after.isStale(sealed)).toBe(true)
    const again = after.encrypt('kept')
    expect(after.isStale(again)).toBe(false)
    expect(() => before.decrypt(again)).toThrow(/key this installation does not have/)
  })
})

describe('digests', () => {
  it('agree with RFC 4231 case 2 and the empty SHA-256', () => {
    expect(hmacSha256('Jefe', 'what do ya want for nothing?').toString('hex')).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
    expect(sha256('').toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })

  it('compares texts of any length', () => {
    expect(timingSafeEqualText('线索', '线索')).toBe(true)
    expect(timingSafeEqualText('a', 'b')).toBe(false)
    expect(timingSafeEqualText('a', 'aa')).toBe(false)
    expect(timingSafeEqualText('', '')).toBe(true)
  })

  it('makes tokens of the asked strength, fit for a URL', () => {
    const tokens = new Set(Array.from({ length: 1000 }, () => randomToken(16)))
    expect(tokens.size).toBe(1000)
    for (const token of tokens) expect(token).toMatch(/^[\w-]{22}$/)
  })
})
