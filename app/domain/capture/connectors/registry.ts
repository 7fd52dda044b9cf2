import { googleAds } from './google-ads/google-ads'
import { standard } from './standard/standard'
import type { Connector, Connectors } from './connector'
import { pushConnectorNames, type PushConnectorName } from '../vocabulary'

/** Every platform that pushes. A name without its connector is a type error. */
export const connectors: Connectors = { standard, 'google-ads': googleAds }

export const isPushConnector = (name: string): name is PushConnectorName => (pushConnectorNames as readonly string[]).includes(name)

export const connectorOf = (name: PushConnectorName): Connector => connectors[name]
