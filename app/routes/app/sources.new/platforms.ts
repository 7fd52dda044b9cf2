import type { ConnectableName } from '~/domain/capture/vocabulary'

/** Platforms as people look for them. */
export const platformGroups = {
  ads: ['google-ads', 'meta', 'linkedin', 'tiktok'],
  china: ['oceanengine', 'tencent-ads', 'baidu', 'xiaohongshu', 'kuaishou'],
  talk: ['wecom', 'zoom', 'tencent-meeting'],
  own: ['standard', 'segment'],
} as const satisfies Record<string, readonly ConnectableName[]>
export type PlatformGroup = keyof typeof platformGroups

/** The channel leads of a platform usually belong to: first the name a new one gets, then others it may have already. */
const channelNames: Record<ConnectableName, readonly string[]> = {
  'google-ads': ['Google Ads', 'Google', 'AdWords', '谷歌'], 'meta': ['Meta', 'Facebook', 'Instagram', 'Meta lead forms'], 'linkedin': ['LinkedIn', '领英', 'LinkedIn Ads'],
  'tiktok': ['TikTok', 'TikTok Ads'], 'oceanengine': ['巨量引擎', '抖音', 'Ocean Engine', '飞鱼'], 'tencent-ads': ['腾讯广告', 'Tencent Ads', '广点通'], 'baidu': ['百度', 'Baidu', '百度推广', 'Baidu search'],
  'xiaohongshu': ['小红书', 'Xiaohongshu', 'RED'], 'kuaishou': ['快手', 'Kuaishou', '磁力引擎'], 'wecom': ['企业微信', 'WeCom', '微信'], 'zoom': ['Webinar', '直播', 'Zoom'],
  'tencent-meeting': ['腾讯会议', 'Webinar', '直播'], 'standard': [], 'segment': ['Website', '官网'],
}

/** A channel that exists and fits, or else the name of a new one; both empty where there is nothing to suggest. */
export function suggestedChannel(connector: ConnectableName, channels: readonly { id: string; label: string }[]): { channelId: string; channel: string } {
  const names = channelNames[connector].map((name) => name.toLowerCase())
  const found = names.flatMap((name) => channels.find(({ label }) => label.toLowerCase() === name) ?? [])[0]
  return { channelId: found?.id ?? '', channel: found === undefined ? (channelNames[connector][0] ?? '') : '' }
}

const countries: Readonly<Record<string, string>> = {
  'Asia/Shanghai': 'CN', 'Asia/Urumqi': 'CN', 'Asia/Hong_Kong': 'HK', 'Asia/Macau': 'MO', 'Asia/Taipei': 'TW', 'Asia/Singapore': 'SG', 'Asia/Tokyo': 'JP', 'Asia/Seoul': 'KR', 'Asia/Kolkata': 'IN',
  'Asia/Calcutta': 'IN', 'Asia/Bangkok': 'TH', 'Asia/Jakarta': 'ID', 'Asia/Kuala_Lumpur': 'MY', 'Asia/Manila': 'PH', 'Asia/Ho_Chi_Minh': 'VN', 'Asia/Dubai': 'AE', 'Asia/Riyadh': 'SA', 'Asia/Jerusalem': 'IL',
  'Europe/Berlin': 'DE', 'Europe/Busingen': 'DE', 'Europe/Vienna': 'AT', 'Europe/Zurich': 'CH', 'Europe/London': 'GB', 'Europe/Dublin': 'IE', 'Europe/Paris': 'FR', 'Europe/Madrid': 'ES', 'Europe/Rome': 'IT',
  'Europe/Amsterdam': 'NL', 'Europe/Brussels': 'BE', 'Europe/Lisbon': 'PT', 'Europe/Warsaw': 'PL', 'Europe/Prague': 'CZ', 'Europe/Budapest': 'HU', 'Europe/Stockholm': 'SE', 'Europe/Copenhagen': 'DK',
  'Europe/Oslo': 'NO', 'Europe/Helsinki': 'FI', 'Europe/Athens': 'GR', 'Europe/Istanbul': 'TR', 'Europe/Kyiv': 'UA', 'Europe/Bucharest': 'RO', 'Australia/Sydney': 'AU', 'Australia/Melbourne': 'AU',
  'Pacific/Auckland': 'NZ', 'America/Toronto': 'CA', 'America/Vancouver': 'CA', 'America/New_York': 'US', 'America/Chicago': 'US', 'America/Denver': 'US', 'America/Los_Angeles': 'US', 'America/Phoenix': 'US',
  'America/Sao_Paulo': 'BR', 'America/Mexico_City': 'MX', 'Africa/Johannesburg': 'ZA',
}

/** Where an organisation sits, read from its time zone; from its language where that says nothing. */
export const homeCountry = (timeZone: string, locale: string): string => countries[timeZone] ?? (locale.startsWith('zh') ? 'CN' : 'US')
