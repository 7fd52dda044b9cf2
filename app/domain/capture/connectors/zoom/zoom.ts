import type { Connector } from '../connector'
import { jsonReply } from '../json-reply'
import { listRegistrants } from './ask-zoom'
import { mapZoom } from './map-zoom'
import { verifyZoom } from './verify-zoom'

/** Zoom webinars and meetings: registrations are inquiries, attendance is touches. The secret is the app's Secret Token. */
export const zoom: Connector = {
  standing: 'vendor',
  fields: [
    { name: 'contact_question', kind: 'text', isRequired: false },
    { name: 'account_id', kind: 'text', isRequired: false },
    { name: 'client_id', kind: 'text', isRequired: false },
    { name: 'client_secret', kind: 'secret', isRequired: false },
    { name: 'user_id', kind: 'text', isRequired: false, fallback: 'me' },
    { name: 'api_base', kind: 'address', isRequired: false, fallback: 'https://api.zoom.us/v2' },
    { name: 'login_base', kind: 'address', isRequired: false, fallback: 'https://zoom.us' },
  ],
  map: mapZoom,
  list: listRegistrants,
  push: {
    verify: verifyZoom,
    reply: (received) => jsonReply(received, () => ({})),
    newSecret: null,
    checkSecret: (secret) => /^[\x21-\x7e]{4,200}$/.test(secret),
    // Zoom marks no test: a sample would be a registration.
    sample: null,
  },
}
