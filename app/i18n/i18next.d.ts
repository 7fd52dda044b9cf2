import type { messages } from './messages/en'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: typeof messages
    returnNull: false
  }
}
