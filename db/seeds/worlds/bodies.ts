import type { ConnectorName } from '~/domain/capture/vocabulary'

/** What somebody typed, as a platform passes it on. */
export type Said = {
  externalId: string; at: Date; name: string; given: string; family: string; title: string; email: string; phone: string | null
  company: string | null; region: string | null; city: string | null; message: string | null; campaign: string | null; product: string
}

const CHINA_HOURS = 8 * 3_600_000
const inChina = (at: Date): string => new Date(at.getTime() + CHINA_HOURS).toISOString().slice(0, 19).replace('T', ' ')
const filled = (pairs: Readonly<Record<string, string | null>>): [string, string][] => Object.entries(pairs).filter((pair): pair is [string, string] => pair[1] !== null && pair[1] !== '')
const byNumber: readonly ConnectorName[] = ['meta', 'linkedin', 'baidu', 'oceanengine', 'tencent-ads', 'zoom']
const WEBINAR = '84620011223'

/** The platform's own id of a lead: digits where it counts them. */
export function externalIdOf(connector: ConnectorName, index: number): string {
  const id = byNumber.includes(connector) ? String(7_418_800_000_000 + index * 37) : `demo-${index}`
  return connector === 'zoom' ? `${WEBINAR}:${id}` : id
}

type Teller = (said: Said) => object
const tellers: Partial<Record<ConnectorName, Teller>> = {
  'google-ads': (said) => ({
    lead_id: said.externalId, api_version: '1.0', form_id: '40000000021', campaign_id: '19900000001', is_test: false, lead_submit_time: said.at.toISOString(),
    user_column_data: filled({ FULL_NAME: said.name, WORK_EMAIL: said.email, PHONE_NUMBER: said.phone, COMPANY_NAME: said.company, JOB_TITLE: said.title, CITY: said.city, 'What is it about?': said.message })
      .map(([id, value]) => ({ column_id: id, string_value: value })),
  }),
  meta: (said) => ({
    id: said.externalId, created_time: said.at.toISOString(), form_id: '51200000008', campaign_name: said.campaign, platform: 'fb', is_organic: said.campaign === null,
    field_data: filled({ full_name: said.name, work_email: said.email, phone_number: said.phone, company_name: said.company, job_title: said.title, what_do_you_need: said.message })
      .map(([name, value]) => ({ name, values: [value] })),
  }),
  linkedin: (said) => ({
    lead: {
      id: said.externalId, leadType: 'SPONSORED', submittedAt: said.at.getTime(), testLead: false, versionedLeadGenFormUrn: 'urn:li:versionedLeadGenForm:(urn:li:leadGenForm:3162,1)',
      formResponse: { answers: questionsOf(said).map(({ answer }, at) => ({ questionId: at + 1, answerDetails: { textQuestionAnswer: { answer } } })) },
    },
    form: { id: 3162, content: { questions: questionsOf(said).map(({ field, question }, at) => ({ questionId: at + 1, predefinedField: field, name: question, question: { localized: { en_US: question } } })) } },
  }),
  baidu: (said) => ({
    clueId: said.externalId, commitTime: inChina(said.at), solutionTypeName: '表单', userName: said.name, cluePhoneNumber: said.phone, areaProvince: said.region, areaCity: said.city, planName: said.campaign,
    formDetail: filled({ 公司: said.company, 邮箱: said.email, 职位: said.title, 需求: said.message }).map(([name, value]) => ({ name, value })),
  }),
  oceanengine: (said) => ({
    id: said.externalId, create_time_detail: inChina(said.at), name: said.name, telphone: said.phone, email: said.email, province_name: said.region, city_name: said.city, promotion_name: said.campaign,
    clue_source: '0', clue_type: '0', flow_type: '5', remark: said.message ?? '', remark_dict: Object.fromEntries(filled({ 公司: said.company, 职位: said.title })),
  }),
  'tencent-ads': (said) => ({
    leads_id: said.externalId, leads_action_time: inChina(said.at), leads_name: said.name, leads_tel: said.phone, leads_email: said.email, leads_area: `${said.region ?? ''} ${said.city ?? ''}`.trim(),
    adgroup_name: said.campaign, adgroup_id: '2201880031', account_id: '25610087', bundle: JSON.stringify(filled({ 公司: said.company, 职位: said.title, 留言: said.message }).map(([question, answer]) => ({ question, answer }))),
  }),
  xiaohongshu: (said) => ({
    timestamp: said.at.getTime(),
    data: {
      leads_id: said.externalId, submitted_time: inChina(said.at), campaign_name: said.campaign,
      data: filled({ 姓名: said.name, 手机号: said.phone, 邮箱: said.email, 公司: said.company, 留言: said.message }).map(([label, value]) => ({ label, value })),
    },
  }),
  zoom: (said) => ({
    event: 'webinar.registration_created', event_ts: said.at.getTime(),
    payload: {
      account_id: 'dEm0AcC0uNt', object: {
        id: WEBINAR, uuid: 'kq7ZcM0TQnO0demo', topic: said.campaign ?? said.product, type: 5,
        registrant: {
          id: said.externalId.split(':')[1], create_time: said.at.toISOString(), first_name: said.given, last_name: said.family, email: said.email, org: said.company, job_title: said.title, city: said.city,
          comments: said.message, custom_questions: [{ title: 'Shall we contact you about it?', value: 'Yes' }], tracking_source: { id: 'nl', source_name: 'newsletter' },
        },
      },
    },
  }),
}

function questionsOf(said: Said): { field: string | null; question: string; answer: string }[] {
  const named = { FIRST_NAME: said.given, LAST_NAME: said.family, WORK_EMAIL: said.email, COMPANY_NAME: said.company, JOB_TITLE: said.title, CITY: said.city }
  const fields = filled(named).map(([field, answer]) => ({ field, question: field.toLowerCase().replaceAll('_', ' '), answer }))
  return said.message === null ? fields : [...fields, { field: null, question: 'What is it about?', answer: said.message }]
}

const standard: Teller = (said) => ({
  type: 'lead.created', timestamp: said.at.toISOString(),
  data: Object.fromEntries(filled({
    external_id: said.externalId, full_name: said.name, title: said.title, email: said.email, phone: said.phone, company: said.company, region: said.region, city: said.city, message: said.message, campaign: said.campaign,
  })),
})

/** The bytes in which a platform says it. */
export const bodyOf = (connector: ConnectorName, said: Said): Buffer => Buffer.from(JSON.stringify((tellers[connector] ?? standard)(said)))

/** Platforms whose push only names a lead, which is then asked for. */
export const isNamedOnly = (connector: ConnectorName): boolean => connector === 'meta' || connector === 'linkedin'

/** Such a push. */
export function namingOf(connector: ConnectorName, { externalId, at }: Said): Buffer {
  const push = connector === 'meta'
    ? { object: 'page', entry: [{ id: '10210000077', time: Math.floor(at.getTime() / 1000), changes: [{ field: 'leadgen', value: { leadgen_id: externalId, page_id: '10210000077', form_id: '51200000008', created_time: Math.floor(at.getTime() / 1000) } }] }] }
    : { type: 'LEAD_ACTION', leadAction: 'CREATED', leadGenFormResponse: `urn:li:leadGenFormResponse:${externalId}`, leadGenForm: 'urn:li:leadGenForm:3162', leadType: 'SPONSORED', occurredAt: at.getTime(), owner: { sponsoredAccount: 'urn:li:sponsoredAccount:507404993' } }
  return Buffer.from(JSON.stringify(push))
}
