import baiduEn from './guides/en/baidu.json'
import baiduZh from './guides/zh-CN/baidu.json'
import formEn from './guides/en/form.json'
import formZh from './guides/zh-CN/form.json'
import googleAdsEn from './guides/en/google-ads.json'
import googleAdsZh from './guides/zh-CN/google-ads.json'
import kuaishouEn from './guides/en/kuaishou.json'
import kuaishouZh from './guides/zh-CN/kuaishou.json'
import linkedinEn from './guides/en/linkedin.json'
import linkedinZh from './guides/zh-CN/linkedin.json'
import metaEn from './guides/en/meta.json'
import metaZh from './guides/zh-CN/meta.json'
import oceanengineEn from './guides/en/oceanengine.json'
import oceanengineZh from './guides/zh-CN/oceanengine.json'
import segmentEn from './guides/en/segment.json'
import segmentZh from './guides/zh-CN/segment.json'
import standardEn from './guides/en/standard.json'
import standardZh from './guides/zh-CN/standard.json'
import tencentAdsEn from './guides/en/tencent-ads.json'
import tencentAdsZh from './guides/zh-CN/tencent-ads.json'
import tencentMeetingEn from './guides/en/tencent-meeting.json'
import tencentMeetingZh from './guides/zh-CN/tencent-meeting.json'
import tiktokEn from './guides/en/tiktok.json'
import tiktokZh from './guides/zh-CN/tiktok.json'
import wecomEn from './guides/en/wecom.json'
import wecomZh from './guides/zh-CN/wecom.json'
import xiaohongshuEn from './guides/en/xiaohongshu.json'
import xiaohongshuZh from './guides/zh-CN/xiaohongshu.json'
import zoomEn from './guides/en/zoom.json'
import zoomZh from './guides/zh-CN/zoom.json'
import type { Locale } from '~/lib/locales'

/**
 * What somebody reads while connecting a platform: what it brings, what of it the vendor's documents confirm, what
 * its secret and keys are called there, and what to click. Kept out of the browser's messages: they are long.
 */
export type ConnectorGuide = {
  about: string
  standing: string
  secret: { label: string; hint: string } | null
  fields: Readonly<Record<string, { label: string; hint: string }>>
  steps: readonly string[]
}

const guides = {
  'baidu': { en: baiduEn, 'zh-CN': baiduZh },
  'form': { en: formEn, 'zh-CN': formZh },
  'google-ads': { en: googleAdsEn, 'zh-CN': googleAdsZh },
  'kuaishou': { en: kuaishouEn, 'zh-CN': kuaishouZh },
  'linkedin': { en: linkedinEn, 'zh-CN': linkedinZh },
  'meta': { en: metaEn, 'zh-CN': metaZh },
  'oceanengine': { en: oceanengineEn, 'zh-CN': oceanengineZh },
  'segment': { en: segmentEn, 'zh-CN': segmentZh },
  'standard': { en: standardEn, 'zh-CN': standardZh },
  'tencent-ads': { en: tencentAdsEn, 'zh-CN': tencentAdsZh },
  'tencent-meeting': { en: tencentMeetingEn, 'zh-CN': tencentMeetingZh },
  'tiktok': { en: tiktokEn, 'zh-CN': tiktokZh },
  'wecom': { en: wecomEn, 'zh-CN': wecomZh },
  'xiaohongshu': { en: xiaohongshuEn, 'zh-CN': xiaohongshuZh },
  'zoom': { en: zoomEn, 'zh-CN': zoomZh },
} satisfies Record<string, Record<Locale, ConnectorGuide>>
export type GuidedConnector = keyof typeof guides

/** The guide of a connector in a language. */
export const connectorGuide = (connector: GuidedConnector, locale: Locale): ConnectorGuide => guides[connector][locale]
