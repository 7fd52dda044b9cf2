import { baidu } from './baidu/baidu'
import { form } from './form/form'
import { googleAds } from './google-ads/google-ads'
import { kuaishou } from './kuaishou/kuaishou'
import { linkedin } from './linkedin/linkedin'
import { meta } from './meta/meta'
import { oceanengine } from './oceanengine/oceanengine'
import { segment } from './segment/segment'
import { standard } from './standard/standard'
import { tencentAds } from './tencent-ads/tencent-ads'
import { tencentMeeting } from './tencent-meeting/tencent-meeting'
import { tiktok } from './tiktok/tiktok'
import { wecom } from './wecom/wecom'
import { xiaohongshu } from './xiaohongshu/xiaohongshu'
import { zoom } from './zoom/zoom'
import type { Connector, Connectors, Push } from './connector'
import { mappedConnectorNames, pushConnectorNames, type MappedConnectorName, type PushConnectorName } from '../vocabulary'

/** Every platform. A name without its connector is a type error. */
export const connectors: Connectors = {
  standard, form, 'google-ads': googleAds, meta, linkedin, tiktok, oceanengine, 'tencent-ads': tencentAds, baidu, xiaohongshu, kuaishou, wecom, zoom,
  'tencent-meeting': tencentMeeting, segment,
}

export const isPushConnector = (name: string): name is PushConnectorName => (pushConnectorNames as readonly string[]).includes(name)
export const isMappedConnector = (name: string): name is MappedConnectorName => (mappedConnectorNames as readonly string[]).includes(name)

export const connectorOf = (name: MappedConnectorName): Connector => connectors[name]

/** How a platform pushes to us; null where it does not. */
export const pushOf = (name: string): Push | null => (isMappedConnector(name) ? (connectors[name].push ?? null) : null)
