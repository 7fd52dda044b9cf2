import { describe, expect, it } from 'vitest'
import { reachProblem } from '~/domain/capture/address-reach'
import { applyFieldMapping } from '~/domain/capture/apply-field-mapping'
import { emptyDraft, type LeadDraft } from '~/domain/capture/lead-draft'
import { headersWithoutSecrets, masked, withoutSecrets } from '~/domain/capture/masked'
import type { JsonValue } from '~/lib/json-big'
import type { FieldTarget } from '~/domain/capture/vocabulary'

const draftOf = (answers: Record<string, string>, more: Partial<LeadDraft> = {}): LeadDraft => ({
  ...emptyDraft, ...more, answers: Object.entries(answers).map(([question, answer]) => ({ question, answer })),
})
const settingsOf = (rules: Record<string, FieldTarget>) => ({ fields: Object.entries(rules).map(([question, field]) => ({ question, field })) })

describe('applyFieldMapping', () => {
  it('leaves a draft alone without a mapping, and where the settings hold nonsense', () => {
    const draft = draftOf({ 公司: 'Acme' })
    expect(applyFieldMapping(draft, {})).toBe(draft)
    const nonsense: JsonValue[] = ['x', 7, null, [null, 1, 'a', [], { question: 3 }, { question: '公司', field: 'owner' }]]
    for (const fields of nonsense) expect(applyFieldMapping(draft, { fields })).toEqual(draft)
  })

  it('moves answers to their fields, whatever the case and width of the question', () => {
    const rules = settingsOf({ '您的公司？': 'company', 'JOB': 'title', 'mobile': 'phone', 'How many people': 'employees', 'note': 'ignore', 'line': 'productLine' })
    const mapped = applyFieldMapping(draftOf({ '您的公司?': '恒泰精密', ' Job ': 'Buyer', 'MOBILE': '13800138000', 'how many people': '1,200–2,000', 'note': 'x', 'line': 'Mills', 'colour': 'red' }), rules)
    expect(mapped).toMatchObject({ company: '恒泰精密', title: 'Buyer', phones: ['13800138000'], employees: 1200, productLine: 'Mills', answers: [{ question: 'colour', answer: 'red' }] })
  })

  it('never replaces what the platform itself named, and loses no answer', () => {
    const mapped = applyFieldMapping(draftOf({ firm: 'Other', who: 'Bob', size: 'many' }, { company: 'Acme', familyName: 'Li' }), settingsOf({ firm: 'company', who: 'name', size: 'employees' }))
    expect(mapped).toMatchObject({ company: 'Acme', fullName: null, employees: null })
    expect(mapped.answers.map(({ question }) => question)).toEqual(['firm', 'who', 'size'])
  })

  it('adds numbers once, joins messages and reads a wish to be contacted', () => {
    const rules = settingsOf({ tel: 'phone', need: 'message', more: 'message', call: 'request' })
    const mapped = applyFieldMapping(draftOf({ tel: '1', need: 'Price?', more: 'Soon', call: '不需要' }, { phones: ['1'] }), rules)
    expect(mapped).toMatchObject({ phones: ['1'], message: 'Price?\nSoon', isRequest: false })
    expect(applyFieldMapping(draftOf({ call: 'Yes please' }), rules)).toMatchObject({ isRequest: true, answers: [{ question: 'call', answer: 'Yes please' }] })
    expect(applyFieldMapping(draftOf({ call: 'no' }, { isRequest: true }), rules).isRequest).toBe(true)
  })
})

describe('what is covered', () => {
  it('covers keys and tokens of a body and leaves the rest', () => {
    expect(withoutSecrets('{"google_key" : "s\\"ecret1","lead_id":"1","access_token":"abc","keyword":"cnc"}')).toBe('{"google_key" : "••••••","lead_id":"1","access_token":"••••••","keyword":"cnc"}')
    expect(withoutSecrets('a=1&token=zzz&b=2')).toBe('a=1&token=••••••&b=2')
    expect(headersWithoutSecrets({ 'x-tt-token': 'z', 'content-type': 'a' })).toEqual({ 'x-tt-token': '••••••', 'content-type': 'a' })
    expect(masked('张三')).toBe('张•••')
  })
})

describe('reachProblem', () => {
  it.each([
    ['http://localhost:3000', 'this-machine'], ['http://127.0.0.1', 'this-machine'], ['http://[::1]:3000', 'this-machine'], ['https://192.168.1.4', 'inner-network'],
    ['https://172.20.0.1', 'inner-network'], ['https://100.64.0.1', 'inner-network'], ['https://[fd00::1]', 'inner-network'], ['https://clew', 'inner-network'],
    ['https://crm.internal', 'inner-network'], ['http://clew.example.com', 'no-tls'], ['https://clew.example.com', null], ['https://172.32.0.1', null],
  ])('%s: %s', (base, problem) => {
    expect(reachProblem(base)).toBe(problem)
  })
})
