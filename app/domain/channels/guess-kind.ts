import type { ChannelKind } from './vocabulary'
import { foldName } from './fold-name'

// Words in the names of channels, the telling ones first; an administrator may change the guess.
const kinds: readonly (readonly [RegExp, ChannelKind])[] = [
  [/referral|转介绍|推荐/u, 'referral'],
  [/partner|reseller|渠道伙伴|代理/u, 'partner'],
  [/direct|直接/u, 'direct'],
  [/\bads?\b|paid|cpc|ppc|display|sem\b|广告|投放|巨量|信息流|竞价/u, 'paid'],
  [/event|webinar|expo|fair|conference|trade ?show|展会|会议|直播|研讨/u, 'event'],
  [/outbound|cold|call|电销|陌拜/u, 'outbound'],
  [/organic|seo|search|social|content|blog|email|e-mail|newsletter|自然|内容|公众号|视频号|抖音|小红书|知乎|官网|website/u, 'content'],
]

/** The kind of a channel nobody described, guessed from its name; `other` where nothing tells. */
export function guessKind(name: string): ChannelKind {
  const folded = foldName(name).replaceAll('_', ' ')
  return kinds.find(([pattern]) => pattern.test(folded))?.[1] ?? 'other'
}
