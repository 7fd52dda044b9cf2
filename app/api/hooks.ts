import { Hono } from 'hono'
import { receiveDelivery, shakeHands } from '~/domain/capture'
import { hook, hookListener } from '~/http/hook'

/** Deliveries and handshakes of ad platforms, forms and tools. The reply is the connector's own. */
export const hooks = new Hono()
  .post('/:connector/:sourceKey', hook(receiveDelivery))
  .get('/:connector/:sourceKey', hook(shakeHands))

/** The short way for what comes by the thousand; answers whether it took the request. */
export const takeDelivery = hookListener(receiveDelivery)
