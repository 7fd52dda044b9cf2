import { describe, expect, it } from 'vitest'
import { passwordProblems } from '~/domain/auth/password-policy'
import { hashPassword, verifyPassword } from '~/platform/passwords'

const words = ['Wei Zhang', 'wei.zhang@acme-tools.com', 'Acme Tools']
const alone = { twoFactor: false, words }
const beside = { twoFactor: true, words }

// Letters without meaning, so that length alone decides.
const scattered = (length: number) => [...'qzjxkvwpyfgbmculdhrnsiote'].join('').repeat(11).slice(0, length).replace(/(.{7})/g, '$1 ').slice(0, length)

describe('the table of passwords', () => {
  it.each([
    ['14 code points', scattered(14), alone, ['too-short']],
    ['15 code points', scattered(15), alone, []],
    ['64 code points', scattered(64), alone, []],
    ['256 code points', scattered(256), alone, []],
    ['257 code points', scattered(257), alone, ['too-long']],
    ['7 with a second factor', 'qzjxkvw', beside, ['too-short']],
    ['8 with a second factor', 'qzjxkvwp', beside, []],
    ['spaces only between', 'one two three four', alone, []],
    ['only digits, scattered', '830917265540182', alone, []],
    ['no digit, no capital, no symbol', 'quiet herons stand', alone, []],
    ['fifteen emoji count as fifteen', '🦩🌾🪨🧵🕯️🪁🫖🧶🪻🦦🐚🪵🌶🫐🪴', alone, []],
    ['eight emoji do not reach fifteen', '🦩🌾🪨🧵🪁🫖🧶🪻', alone, ['too-short']],
    ['Chinese sentence', '白鹭在正午安静地站着看水里的云', alone, []],
    ['commonest, short', 'password', beside, ['common']],
    ['commonest, in capitals', 'PASSWORD1', beside, ['common']],
    ['commonest, twice', 'passwordpassword', alone, ['common']],
    ['one letter, again and again', 'aaaaaaaaaaaaaaaaaa', alone, ['common']],
    ['two letters, again and again', 'abababababababab', alone, ['common']],
    ['a run of digits', '123456789012345', alone, ['common']],
    ['a run of letters backwards', 'onmlkjihgfedcba', alone, ['common']],
    ['full-width letters are letters', 'ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ', alone, ['common']],
    ['own name, spelt out', 'Wei Zhang Wei Zhang', alone, ['context']],
    ['own address', 'wei.zhang@acme-tools.com', alone, ['context']],
    ['organisation and year', 'Acme Tools 2026', alone, ['context']],
    ['the product', 'clew clew clew 12', alone, ['context']],
    ['own name inside a sentence of its own', 'wei counts nine grey herons', alone, []],
  ] as const)('%s', (_, password, rules, problems) => {
    expect(passwordProblems(password, rules)).toEqual(problems)
  })
})

describe('hashing', () => {
  it('tells apart what differs after the 72nd byte', async () => {
    const head = scattered(80)
    const hash = await hashPassword(`${head}a`)
    expect(await verifyPassword(hash, `${head}a`)).toBe(true)
    expect(await verifyPassword(hash, `${head}b`)).toBe(false)
  })

  it('takes composed and decomposed letters for one', async () => {
    expect(await verifyPassword(await hashPassword('Ångström über Köln 12'), 'A\u030angstro\u0308m u\u0308ber Ko\u0308ln 12')).toBe(true)
  })

  it('refuses a hash nobody can read', async () => {
    expect(await verifyPassword('plain text', 'plain text')).toBe(false)
  })
})
