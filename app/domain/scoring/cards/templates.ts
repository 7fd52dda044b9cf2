import type { CardLine, CardTerms, Criterion, TemplateKey } from '../contract'

type Counting = Partial<Pick<CardLine, 'most' | 'everyDays' | 'halfLifeDays' | 'expiresDays' | 'onlyWith'>>
const line = (group: CardLine['group']) => (key: string, points: number, criterion: Criterion, more: Counting = {}): CardLine => ({
  key, group, criterion, points, most: null, everyDays: null, halfLifeDays: null, expiresDays: null, onlyWith: null, ...more,
})
const [fit, interest] = [line('fit'), line('interest')]
const size = (key: string, points: number, from: number | null, to: number | null) => fit(key, points, { kind: 'employees', from, to })
const touched = (key: string, points: number, touch: Extract<Criterion, { kind: 'touch' }>['touch'], most: number, halfLifeDays: number, page: string | null = null) =>
  interest(key, points, { kind: 'touch', touch, page }, { most, everyDays: 1, halfLifeDays })

/** Industries as companies of both languages are filed; compared whole, so each word stands by itself. */
const makers = ['Machinery', 'Manufacturing', 'Automotive', 'Electronics', 'Chemicals', 'Food', 'Logistics', '机械', '机械加工', '制造业', '装备制造', '自动化', '汽车零部件', '电子', '化工', '食品', '物流']

const whoTheyAre: CardLine[] = [
  size('size-large', 25, 500, null), size('size-middle', 20, 100, 499), size('size-small', 8, 20, 99), size('size-tiny', -10, null, 9),
  fit('decides', 20, { kind: 'role', values: ['decision_maker'] }), fit('buys', 12, { kind: 'role', values: ['buyer'] }), fit('uses', 6, { kind: 'role', values: ['user', 'influencer'] }),
  fit('makers', 10, { kind: 'industry', values: makers }),
  fit('phone', 5, { kind: 'reachable', by: 'phone' }), fit('wechat', 5, { kind: 'reachable', by: 'wechat' }),
  fit('free-mail', -15, { kind: 'free-mail' }), fit('size-unknown', -5, { kind: 'unknown', of: 'employees' }),
]
const signsOfLife: CardLine[] = [
  interest('replied', 20, { kind: 'reply' }, { most: 3, everyDays: 1, halfLifeDays: 30 }), interest('asked-again', 15, { kind: 'asked-again' }, { most: 2, everyDays: 1, halfLifeDays: 45 }),
  interest('recent', 10, { kind: 'recency', days: 14 }), interest('silent', -20, { kind: 'silence', attempts: 4 }), interest('unsubscribed', -25, { kind: 'unsubscribed' }),
]
const thresholds: CardTerms['thresholds'] = { fit: [45, 25, 10], interest: [40, 25, 10] }
const card = (lines: CardLine[]): CardTerms => ({ base: 0, lines, thresholds, calibration: null })

/**
 * Cards to begin with, for selling to companies: nothing in them names anything of one organisation. They are a start and no truth: whoever
 * publishes one has tested it on their own leads.
 */
export const cardTemplates: readonly { key: TemplateKey; terms: CardTerms }[] = [
  { key: 'general', terms: card([
    ...whoTheyAre, interest('referred', 20, { kind: 'channel-kind', values: ['referral', 'partner'] }), interest('came-direct', 12, { kind: 'channel-kind', values: ['direct'] }),
    touched('forms', 10, 'form', 3, 30), touched('visits', 3, 'page_view', 5, 14), interest('webinar', 12, { kind: 'webinar', minutes: 30 }, { most: 2, everyDays: 1, halfLifeDays: 60 }), ...signsOfLife,
  ]) },
  { key: 'inbound', terms: card([
    ...whoTheyAre, interest('searched', 10, { kind: 'channel-kind', values: ['paid', 'content', 'direct'] }),
    touched('forms', 12, 'form', 3, 30), touched('price', 10, 'page_view', 3, 14, 'pric'), touched('price-zh', 10, 'page_view', 3, 14, '报价'), touched('visits', 3, 'page_view', 6, 14),
    touched('ads', 2, 'ad_click', 3, 14), touched('wechat-added', 15, 'wechat', 1, 60), touched('calls', 12, 'call', 2, 30), ...signsOfLife,
  ]) },
  { key: 'events', terms: card([
    ...whoTheyAre, interest('event', 8, { kind: 'channel-kind', values: ['event'] }),
    interest('webinar-long', 15, { kind: 'webinar', minutes: 45 }, { most: 2, everyDays: 1, halfLifeDays: 60 }), interest('webinar', 8, { kind: 'webinar', minutes: 15 }, { most: 3, everyDays: 1, halfLifeDays: 60 }),
    touched('stand', 10, 'event', 2, 60), touched('scans', 6, 'scan', 3, 45), touched('wechat-added', 15, 'wechat', 1, 60), touched('forms', 10, 'form', 3, 30), ...signsOfLife,
  ]) },
]
