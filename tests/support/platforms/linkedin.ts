import { fakeServer, type FakeServer, type Told } from './fake-server'

export type FakeLinkedin = FakeServer & { responses: Map<string, Record<string, unknown>>; forms: Map<string, Record<string, unknown>>; token: string; next: Told[] }

/** Lead Sync as far as a response and its form go. It checks token and version headers. */
export async function fakeLinkedin(): Promise<FakeLinkedin> {
  const next: Told[] = []
  const server = await fakeServer(({ path, headers }) => {
    const instead = next.shift()
    if (instead !== undefined) return instead
    if (headers.authorization !== `Bearer ${fake.token}`) return { status: 401, body: { status: 401, serviceErrorCode: 65_601, code: 'REVOKED_ACCESS_TOKEN' } }
    if (!/^\d{6}$/.test(String(headers['linkedin-version'])) || headers['x-restli-protocol-version'] !== '2.0.0') return { status: 426, body: { status: 426, code: 'NONEXISTENT_VERSION' } }
    const [, , kind, id = ''] = path.split('/')
    const found = kind === 'leadFormResponses' ? fake.responses.get(decodeURIComponent(id)) : fake.forms.get(id)
    return found === undefined ? { status: 404, body: { status: 404, code: 'NOT_FOUND' } } : { body: found }
  })
  const fake: FakeLinkedin = Object.assign(server, { responses: new Map<string, Record<string, unknown>>(), forms: new Map<string, Record<string, unknown>>(), token: 'AQX-token', next })
  return fake
}

/** The form of `../shared/fixtures/webhooks/linkedin/lead-response-get.json`; its shape is the vendor's lead sync schema. */
export const aLinkedinForm = {
  id: 3162, name: 'Demo',
  content: {
    questions: [
      { questionId: 1, question: { localized: { en_US: 'First name' } }, name: 'firstName', predefinedField: 'FIRST_NAME', questionDetails: { textQuestionDetails: { maxResponseLength: 300 } } },
      { questionId: 2, question: { localized: { en_US: 'Work email' } }, name: 'workEmail', predefinedField: 'WORK_EMAIL', questionDetails: { textQuestionDetails: {} } },
      {
        questionId: 3, question: { localized: { en_US: 'How many robots?' } }, name: 'custom',
        questionDetails: { multipleChoiceQuestionDetails: { options: [{ id: 1, text: { localized: { en_US: '1–10' } } }, { id: 2, text: { localized: { en_US: 'More than 10' } } }] } },
      },
    ],
    legalInfo: { consents: [{ id: 1, checkRequired: true, consent: { localized: { en_US: 'You may write to me' } } }] },
  },
}
