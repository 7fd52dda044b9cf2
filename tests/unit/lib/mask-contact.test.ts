import { describe, expect, it } from 'vitest'
import { maskContact, maskText } from '~/lib/mask-contact'

describe('maskContact', () => {
  it.each([
    ['phone', '+8613812341234', '138****1234'],
    ['phone', '+4915112345678', '+49 ****5678'],
    ['phone', '+12025550123', '+1 ****0123'],
    ['phone', '+862161234567', '+86 ****4567'],
    ['phone', '+6562345678', '+65 ****5678'],
    ['phone', '4001234567', '****67'],
    ['phone', 'nonsense 42', '****42'],
    ['email', 'li@example.com', 'l***@example.com'],
    ['wechat', 'wxid_chen', 'w***'],
  ] as const)('%s %s is shown as %s', (kind, value, shown) => expect(maskContact(kind, value)).toBe(shown))
})

describe('maskText', () => {
  it.each([
    ['Call me at 138 0013 8000 please', 'Call me at ****00 please'],
    ['+86-138-0013-8000', '****00'],
    ['１３８００１３８０００', '****00'],
    ['请加微信13800138000，谢谢', '请加微信****00，谢谢'],
    ['write to chen.yu@corp.example.com.', 'write to c***@corp.example.com.'],
    ['chen＠corp.com', 'c***@corp.com'],
    ['We need 2024-05-15 12:00 and 250 pieces', 'We need 2024-05-15 12:00 and 250 pieces'],
    ['no number', 'no number'],
  ])('%j', (text, shown) => expect(maskText(text)).toBe(shown))
})
