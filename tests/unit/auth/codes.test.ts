import { expect, it } from 'vitest'
import { nextPath } from '~/http/accounts'
import { hashedList, newRecoveryCodes, recoveryDigest } from '~/domain/auth/recovery-codes'
import { totpCode } from '~/domain/auth/totp'

it('agrees with the test values of RFC 6238, appendix B', () => {
  const secret = '12345678901234567890'
  const at = (seconds: number) => totpCode(secret, Math.floor(seconds / 30))
  expect([at(59), at(1_111_111_109), at(1_111_111_111), at(1_234_567_890), at(2_000_000_000), at(20_000_000_000)]).toEqual(['287082', '081804', '050471', '005924', '279037', '353130'])
})

it('makes eight recovery codes of 130 bits and keeps digests only', () => {
  const codes = newRecoveryCodes()
  expect(new Set(codes).size).toBe(8)
  for (const code of codes) expect(code).toMatch(/^[0-9a-z]{5}(-[0-9a-z]{5}){3}-[0-9a-z]{6}$/)
  const kept = hashedList(codes)
  for (const code of codes) expect(kept).not.toContain(code)
  expect(hashedList(JSON.parse(kept) as string[])).toBe(kept)
})

it('reads a recovery code as a person writes it', () => {
  expect(recoveryDigest(' ABCDE-FGHJK-MNPQR-STVWX-YZ0123 ')).toBe(recoveryDigest('abcde fghjk mnpqr stvwx yzo123'))
  expect(recoveryDigest('1bcde')).toBe(recoveryDigest('lbcde'))
})

it.each([
  ['/leads?stage=won', '/leads?stage=won'], ['/', '/'], ['', '/'], [undefined, '/'], ['//evil.example', '/'], ['/\\evil.example', '/'], ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'], ['/%2f/evil.example', '/%2f/evil.example'], ['/\t/evil.example', '/'], ['/sign-out', '/'], ['/./\\evil.example', '/'], ['/a/..//evil.example', '/'],
])('goes after signing in from %j to %j', (wanted, path) => {
  expect(nextPath(wanted)).toBe(path)
})
