import { expect, it } from 'vitest'
import { apiKeyDigest, apiKeyPrefix, isApiKey, newApiKey } from '~/domain/auth/api-key-format'

it('is clew_live_, 28 letters and a checksum', () => {
  const key = newApiKey()
  expect(key).toMatch(/^clew_live_[0-9A-Za-z]{28}_[0-9A-Za-z]{6}$/)
  expect(isApiKey(key)).toBe(true)
  expect(apiKeyPrefix(key)).toMatch(/^clew_live_[0-9A-Za-z]{4}$/)
  expect(apiKeyDigest(key)).toMatch(/^[0-9a-f]{64}$/)
})

it('never repeats', () => {
  expect(new Set(Array.from({ length: 500 }, newApiKey)).size).toBe(500)
})

it('knows a mistyped key without asking anybody', () => {
  const key = newApiKey()
  for (let at = 10; at < key.length; at += 1) {
    const letter = key[at] === 'a' ? 'b' : 'a'
    expect(isApiKey(key.slice(0, at) + letter + key.slice(at + 1)), `letter ${at}`).toBe(false)
  }
  expect(isApiKey('')).toBe(false)
  expect(isApiKey(key.slice(0, -1))).toBe(false)
  expect(isApiKey(`${key} `)).toBe(false)
})
