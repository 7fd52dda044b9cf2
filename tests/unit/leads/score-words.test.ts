import { describe, expect, it } from 'vitest'
import { createI18n } from '~/i18n/create.server'
import type { Criterion } from '~/domain/scoring/card-terms'
import type { LeadScore } from '~/domain/scoring'
import { LOCALES } from '~/lib/locales'
import { newId } from '~/lib/ids'
import { scoreWords, tellingLines } from '~/routes/app/leads.detail/score-words'
import { explanationText } from '~/routes/app/leads.explanation-text'

const asked: Criterion[] = [
  { kind: 'employees', from: 200, to: null }, { kind: 'employees', from: null, to: 50 }, { kind: 'employees', from: 50, to: 200 }, { kind: 'industry', values: ['Machinery'] }, { kind: 'country', values: ['DE'] },
  { kind: 'role', values: ['decision_maker'] }, { kind: 'free-mail' }, { kind: 'reachable', by: 'wechat' }, { kind: 'customer' }, { kind: 'channel-kind', values: ['event'] }, { kind: 'channel', values: [newId('ch')] },
  { kind: 'campaign', values: [newId('cmp')] }, { kind: 'source', values: [newId('src')] }, { kind: 'product-line', values: [newId('pl')] }, { kind: 'landing-page', values: ['hengtai.cn/price'] }, { kind: 'weekday', values: [1] },
  ...(['known', 'unknown', 'one-of', 'at-least', 'at-most'] as const).map((test) => ({ kind: 'field' as const, fieldId: newId('cf'), test, values: ['a'], number: 3 })),
  { kind: 'answer', question: 'Budget?', contains: 'yes' }, { kind: 'answer', question: 'Budget?', contains: null }, { kind: 'unknown', of: 'employees' }, { kind: 'recency', days: 14 }, { kind: 'unsubscribed' }, { kind: 'silence', attempts: 4 },
  { kind: 'touch', touch: 'page_view', page: '/price' }, { kind: 'touch', touch: 'wechat', page: null }, { kind: 'webinar', minutes: 30 }, { kind: 'reply' }, { kind: 'asked-again' },
]
const label = { name: null, nameZh: null, page: null }
const at = new Date('2026-03-03T08:00:00Z')
const line = (criterion: Criterion | null, worth: number, more: Partial<LeadScore['lines'][number]> = {}): LeadScore['lines'][number] => ({
  id: newId('scl'), line: criterion?.kind ?? 'base', cause: 'is', group: 'fit', points: worth, worth, because: { kind: criterion?.kind ?? 'base' }, criterion, label, touchId: null, at, recordedAt: at, halfLifeDays: null, expiresAt: null, ...more,
})
const wordsIn = (locale: (typeof LOCALES)[number]) => scoreWords(createI18n(locale).getFixedT(locale, ['score', 'leads', 'channels']), locale)

describe('a line of a score in words', () => {
  it.each(LOCALES)('says every criterion there is, without a code or a gap (%s)', (locale) => {
    for (const criterion of asked) {
      const said = wordsIn(locale).said(line(criterion, 5))
      expect(said, criterion.kind).not.toMatch(/say\.|score:|\{\{|undefined|decision_maker|[a-z]+_01/)
      expect(said.length, criterion.kind).toBeGreaterThan(1)
    }
  })

  it('says what it is by name, in both languages', () => {
    const [en, zh] = [wordsIn('en'), wordsIn('zh-CN')]
    expect(en.said(line({ kind: 'employees', from: 200, to: null }, 5))).toBe('200 employees or more')
    expect(zh.said(line({ kind: 'employees', from: 1000, to: null }, 5))).toBe('员工 1,000 人及以上')
    expect(en.said(line({ kind: 'channel', values: [newId('ch')] }, 5, { label: { ...label, name: 'Baidu' } }))).toBe('way in: Baidu')
    expect(zh.said(line({ kind: 'country', values: ['DE', 'FR'] }, 5, { because: { kind: 'country', value: 'DE' } }))).toBe('来自德国')
    expect(en.said(line(null, 0))).toBe('where everybody begins')
    expect(en.said(line(null, 5, { because: { kind: 'reply' } }))).toBe('a line the card no longer has')
    expect(zh.would({ line: 'x', criterion: { kind: 'unknown', of: 'employees' }, label, way: 'known', from: 22, to: 12, gain: 10 })).toBe('若补全公司规模，将为 12 格。')
    expect(en.would({ line: 'x', criterion: { kind: 'reply' }, label, way: 'next', from: 22, to: 21, gain: 10 })).toBe('With one more “answered us” it would stand in 21.')
  })

  it('tells what weighs most of a group, each line once, never where everybody begins', () => {
    const lines = [line(null, 50), line({ kind: 'reply' }, 9, { group: 'interest' }), line({ kind: 'free-mail' }, -15), line({ kind: 'customer' }, 10), line({ kind: 'unsubscribed' }, 3), line({ kind: 'customer' }, 10)]
    expect(tellingLines(lines, 'fit').map(({ worth }) => worth)).toEqual([-15, 10])
    expect(tellingLines(lines, 'interest').map(({ worth }) => worth)).toEqual([9])
  })
})

describe('the text for a customer', () => {
  const score = { lines: [line(null, 3), ...asked.map((criterion) => line(criterion, 5)), line({ kind: 'reply' }, 0)], objection: null } as unknown as LeadScore
  const text = (language: (typeof LOCALES)[number], more: object = {}) => explanationText({ language, score, name: '陈雨婷', org: 'Hengtai', contact: 'Li Wei', zone: 'Asia/Shanghai', ...more })

  it('says in their language what counts and how to object, with no codes, cells or points', () => {
    for (const language of LOCALES) {
      expect(text(language)).not.toMatch(/[a-z]+_[a-z]+|\b[1-4][1-4]\b(?! )|\{|\}|undefined|null/)
      expect(text(language)).toContain('Hengtai')
      expect(text(language)).toContain('Li Wei')
    }
    expect(text('en')).toContain('You may object at any time')
    expect(text('en')).toContain('– 200 employees or more\n')
    expect(text('zh-CN')).toContain('您可以随时提出反对')
    expect(text('zh-CN')).toContain('陈雨婷，您好！')
  })

  it('says so where nobody is scored, and where they are left out already', () => {
    expect(text('en', { score: null, contact: null, name: '' })).toMatch(/^Hello,\n[\s\S]*nothing counts at the moment[\s\S]*tell us\./)
    const out = text('zh-CN', { score: { ...score, objection: { at, personId: newId('per') } } })
    expect(out).toContain('自 2026年3月3日 起，您已不参与画像')
    expect(out).not.toContain('200')
  })
})
