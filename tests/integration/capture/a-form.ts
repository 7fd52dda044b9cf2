import { createForm, publishForm, submitForm, updateForm, type FormAnswer, type FormDefinition, type FormInbound } from '~/domain/capture'
import { NOON, type TestOrganisation } from '~tests/support/organisations'

type Owner = Pick<TestOrganisation, 'orgId' | 'system'>
type Sent = Partial<Pick<FormInbound, 'headers' | 'isOwnPage' | 'now' | 'ip'>> & { origin?: string | null }

export const SITE = 'https://www.acme.example'
let made = 0

/** A published form that a page of SITE may hold, and somebody who sends it from there. */
export async function aForm(owner: Owner, definition: Partial<FormDefinition> = {}, settings: Record<string, unknown> = {}) {
  made += 1
  const form = await createForm(owner.system, { name: `Contact ${made}`, language: 'both', ...settings })
  await updateForm(owner.system, { formId: form.formId, definition: { origins: [SITE], ...definition } })
  await publishForm(owner.system, { formId: form.formId })
  const send = (raw: Uint8Array, contentType: string, { headers = {}, isOwnPage = false, now = NOON, ip = '203.0.113.7', origin = SITE }: Sent = {}): Promise<FormAnswer> => submitForm({
    formKey: form.formKey, raw, isOwnPage, ip, requestId: 'test', now, headers: { 'content-type': contentType, ...(origin === null ? {} : { origin }), ...headers },
  })
  const post = (fields: Record<string, string>, sent: Sent = {}) => send(Buffer.from(new URLSearchParams(fields).toString()), 'application/x-www-form-urlencoded', sent)
  return { ...form, send, post }
}

export const LI = { full_name: '李工', company: '杭州线索科技有限公司', email: 'li@xiansuo-tech.cn', mobile: '13800138000', message: '请报价' }

export function kept(answer: FormAnswer): Extract<FormAnswer, { kind: 'kept' }> {
  if (answer.kind !== 'kept') throw new Error(`not kept: ${JSON.stringify(answer.problems)}`)
  return answer
}
