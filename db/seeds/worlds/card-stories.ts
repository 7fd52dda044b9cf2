import type { CardLine, CardTerms, Criterion } from '~/domain/scoring/contract'
import type { House } from './house'
import type { World } from './world'

/** A card somebody made, and what they noted of it. */
export type CardStory = { note: string; terms: CardTerms }
/** What was in force first, what is now, and what the draft learned from own outcomes is called. */
export type CardStories = { former: CardStory; present: CardStory; learned: string }

type Counting = Partial<Pick<CardLine, 'most' | 'everyDays' | 'halfLifeDays' | 'expiresDays'>>
const line = (group: CardLine['group'], key: string, points: number, criterion: Criterion, more: Counting = {}): CardLine => ({
  key, group, criterion, points, most: null, everyDays: null, halfLifeDays: null, expiresDays: null, onlyWith: null, ...more,
})
const size = (key: string, points: number, from: number | null, to: number | null) => line('fit', key, points, { kind: 'employees', from, to })

const notes: Record<World['locale'], { former: string; present: string; learned: string }> = {
  en: { former: 'The first card: size, role and the obvious.', present: 'After the fair: channels weighed, replies and silence count, interest fades.', learned: 'Learned from our own outcomes; to be compared.' },
  'zh-CN': { former: '第一版：规模、角色和几条常识。', present: '展会后调整：按渠道加权，计入回复与沉默，意向会衰减。', learned: '根据自有成交学习，供对比。' },
}
/** Industries this house sells to best, as its companies are filed. */
const best: Record<World['locale'], string[]> = { en: ['Conveying', 'Food processing', 'Packaging', 'Machinery'], 'zh-CN': ['机械加工', '自动化', '汽车零部件', '装备制造'] }

/** The cards of a told organisation; they name its own channels. */
export function cardStories(world: World, { channels }: House): CardStories {
  const text = notes[world.locale]
  const ofKind = (...kinds: readonly string[]) => channels.filter(({ story }) => kinds.includes(story.kind)).map(({ id }) => id)
  const dear = channels.filter(({ story }) => story.kind === 'paid' && story.qualified < 0.3).map(({ id }) => id)
  const who = [
    size('size-large', 25, 500, null), size('size-middle', 18, 100, 499), size('size-small', 6, 20, 99), size('size-unknown', -5, null, 9),
    line('fit', 'decides', 20, { kind: 'role', values: ['decision_maker'] }), line('fit', 'buys', 10, { kind: 'role', values: ['buyer'] }), line('fit', 'uses', 5, { kind: 'role', values: ['user', 'influencer'] }),
    line('fit', 'free-mail', -15, { kind: 'free-mail' }),
  ]
  const seen = line('interest', 'visits', 3, { kind: 'touch', touch: 'page_view', page: null }, { most: 3, everyDays: 1, halfLifeDays: 14 })
  return {
    former: { note: text.former, terms: {
      base: 0, calibration: null, thresholds: { fit: [40, 25, 10], interest: [20, 12, 5] },
      lines: [...who, line('interest', 'referred', 20, { kind: 'channel-kind', values: ['referral', 'partner'] }), line('interest', 'asked', 8, { kind: 'touch', touch: 'form', page: null }, { most: 2 }), seen],
    } },
    present: { note: text.present, terms: {
      base: 0, calibration: null, thresholds: { fit: [40, 25, 10], interest: [35, 20, 10] },
      lines: [
        ...who, line('fit', 'best-industries', 8, { kind: 'industry', values: best[world.locale] }), line('fit', 'phone', 4, { kind: 'reachable', by: 'phone' }),
        line('interest', 'referred', 25, { kind: 'channel', values: ofKind('referral', 'partner') }), line('interest', 'came-direct', 15, { kind: 'channel', values: ofKind('direct') }),
        line('interest', 'met', 12, { kind: 'channel', values: ofKind('event') }), line('interest', 'bought-cheap', -8, { kind: 'channel', values: dear }),
        line('interest', 'webinar', 12, { kind: 'webinar', minutes: 30 }, { most: 2, everyDays: 1, halfLifeDays: 60 }), seen,
        line('interest', 'replied', 15, { kind: 'reply' }, { most: 3, everyDays: 1, halfLifeDays: 30 }), line('interest', 'asked-again', 12, { kind: 'asked-again' }, { most: 2, everyDays: 1, halfLifeDays: 45 }),
        line('interest', 'silent', -15, { kind: 'silence', attempts: 3 }), line('interest', 'unsubscribed', -20, { kind: 'unsubscribed' }),
      ],
    } },
    learned: text.learned,
  }
}
