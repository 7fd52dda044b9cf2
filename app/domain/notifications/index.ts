/** Notifications: telling open pages what happened. Owns no table. Invariant: nobody hears of what they may not see. */
export { closeHub } from './hub'
export { liveMessages } from './live-event'
export { subscribe, type Listening, type Subscription, type Told } from './subscribe'
