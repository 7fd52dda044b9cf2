import { describe, expect, it } from 'vitest'
import { isRefusal } from '~/domain/kernel'
import { adoptTemplates, archiveTemplate, keepTemplate, listTemplates, mailDraft, previewTemplate, sendLeadMail } from '~/domain/outreach'
import { faultOf, fillIn } from '~/domain/outreach/render-template'
import { mailVariables, type MailValues } from '~/domain/outreach/vocabulary'
import { mailWords } from '~/i18n/mail-words.server'
import { LOCALES } from '~/lib/locales'
import { rowsIn } from '~tests/integration/capture/a-source'
import { anOrganisation, type TestOrganisation } from '~tests/support/organisations'
import { standingCases } from '~tests/support/standing-cases'
import { actionsOf, aMailableLead, eventsOf, mailRow } from './a-mail'

const refusalOf = async (asked: Promise<unknown>) => asked.then(() => 'done', (error: unknown) => (isRefusal(error) ? { code: error.code, ...error.params } : String(error)))
const A = { name: 'First', locale: 'en', subject: 'Hello {{ person.firstName }}', body: 'Dear {{ person.fullName }},\n\nabout {{ lead.productLine }}.\n{{ sender.name }}' } as const

describe('templates', () => {
  it('each wording stays: a change is a new revision, and a mail names the one it was made from', async () => {
    const org = await anOrganisation({ name: 'Acme Pumps' })
    const [manager, rep] = [await org.as('manager'), await org.as('rep', { name: 'Li Lei' })]
    const { templateId, revision } = await keepTemplate(manager, A)
    expect(revision).toBe(1)
    expect(await keepTemplate(manager, { ...A, templateId })).toEqual({ templateId, revision: 1 })
    const lead = await aMailableLead(org, rep)
    const draft = await mailDraft(rep, { leadId: lead.leadId, templateId })
    expect(draft.text).toMatchObject({ subject: 'Hello Chen', body: expect.stringMatching(/^Dear Chen Yuting,\n\nabout Line of Channel .*\.\nLi Lei$/), missing: [] })
    const { mailId } = await sendLeadMail(rep, { leadId: lead.leadId, personId: lead.personId, to: lead.to, ...draft.text, templateId })
    expect(await keepTemplate(manager, { ...A, templateId, body: 'New' })).toEqual({ templateId, revision: 2 })
    expect(await keepTemplate(manager, { ...A, templateId, body: 'New', name: 'Renamed' })).toEqual({ templateId, revision: 2 })
    expect(await mailRow(org, mailId)).toMatchObject({ template_revision: 1 })
    expect(await rowsIn(org, 'outreach_template_revisions')).toHaveLength(2)
    expect((await listTemplates(rep, {})).templates).toMatchObject([{ name: 'Renamed', body: 'New', revision: 2, used: 1, isArchived: false }])
    expect((await actionsOf(org)).filter((action) => action === 'template.keep')).toHaveLength(3)
    expect(await eventsOf(org, /^template/)).toHaveLength(3)
    await archiveTemplate(manager, { templateId, isArchived: 'true' })
    await archiveTemplate(manager, { templateId, isArchived: 'true' })
    expect((await mailDraft(rep, { leadId: lead.leadId })).templates).toEqual([])
    await archiveTemplate(manager, { templateId, isArchived: 'false' })
    expect((await mailDraft(rep, { leadId: lead.leadId })).templates).toHaveLength(1)
  })

  it('are offered in both languages once, and each of them can be used', async () => {
    const org = await anOrganisation()
    const manager = await org.as('manager')
    expect(await adoptTemplates(manager, {})).toEqual({ count: 6 })
    expect(await adoptTemplates(manager, {})).toEqual({ count: 0 })
    expect((await listTemplates(manager, {})).templates.map(({ locale }) => locale).sort()).toEqual(['en', 'en', 'en', 'zh-CN', 'zh-CN', 'zh-CN'])
    for (const locale of LOCALES) for (const { subject, body } of Object.values(mailWords(locale).templates)) expect([faultOf(subject), faultOf(body)]).toEqual([null, null])
  })

  it.each([
    ['Hi {{ person.fistName }}', { why: 'variable', line: 1, name: 'person.fistName' }], ['a\nb {{ person', { why: 'syntax', line: 2 }], ['a\n\n{% include "x" %}', { why: 'tag', line: 3, name: 'include' }],
    ['{% render "/etc/passwd" %}', { why: 'tag', name: 'render' }], ['{% layout "x" %}', { why: 'tag', name: 'layout' }], ['{% for i in (1..9) %}{% endfor %}', { why: 'tag', name: 'for' }], ['{{ person.fullName | json }}', { why: 'filter', name: 'json' }],
    ['{{ person.constructor }}', { why: 'variable' }], ['{{ person.__proto__ }}', { why: 'variable' }], ['{{ toString }}', { why: 'variable' }], ['{{ person }}', { why: 'variable' }], ['{{ person[sender.name] }}', { why: 'variable' }],
    ['{% if person.title %}', { why: 'syntax' }], ['{% assign x = 1 %}{{ x }}', { why: 'tag', name: 'assign' }], ['{% capture x %}{% endcapture %}', { why: 'tag' }], ['{% liquid\nassign x = 1 %}', { why: 'tag', name: 'liquid' }], ['{% raw %}x{% endraw %}', { why: 'tag' }],
  ])('%j is refused with what is wrong and where', async (body, fault) => {
    const org = await anOrganisation()
    expect(await refusalOf(keepTemplate(await org.as('manager'), { ...A, body }))).toMatchObject({ code: 'template-wrong', field: 'body', ...fault })
    expect((await previewTemplate(await org.as('rep'), { subject: 'x', body })).fault).toMatchObject({ field: 'body', ...fault })
    expect(await rowsIn(org, 'outreach_templates')).toEqual([])
  })

  it('what is missing is marked where it stands; a default or an if speaks for itself', () => {
    const values = { ...valuesOf(''), 'person.fullName': 'Chen', 'person.title': null }
    expect(fillIn('{{ person.title }}|{{ person.title | default: "Sir" }}|{% if person.title %}yes{% else %}no{% endif %}|{{- person.title -}}|{{person.fullName}}', values)).toEqual({
      text: '[[person.title]]|Sir|no|[[person.title]]|Chen', missing: ['person.title'],
    })
  })

  it('a preview shows the newest lead one may see, or somebody who does not exist', async () => {
    const org = await anOrganisation()
    const rep = await org.as('rep')
    expect(await previewTemplate(rep, A)).toMatchObject({ about: null, subject: 'Hello Anna', fault: null })
    await aMailableLead(org, await org.as('rep'), { person: 'Not Mine' })
    expect((await previewTemplate(rep, A)).about).toBeNull()
    await aMailableLead(org, rep, { person: 'Chen Yuting' })
    expect(await previewTemplate(rep, A)).toMatchObject({ about: 'Chen Yuting', subject: 'Hello Chen' })
  })
})

const valuesOf = (text: string): MailValues => Object.fromEntries(mailVariables.map((name) => [name, text])) as MailValues

const aTemplate = async (owner: TestOrganisation) => (await keepTemplate(owner.system, A)).templateId
standingCases(keepTemplate, { input: async (owner) => ({ ...A, templateId: await aTemplate(owner) }) })
standingCases(archiveTemplate, { input: async (owner) => ({ templateId: await aTemplate(owner), isArchived: 'true' }) })
standingCases(adoptTemplates, { input: () => ({}), foreign: 'names nothing' })
standingCases(listTemplates, { input: async (owner) => { await aTemplate(owner); return {} }, foreign: (seen) => expect(seen.templates).toEqual([]) })
standingCases(previewTemplate, { input: async (owner) => { await aMailableLead(owner, null, { person: 'Canary Person' }); return A }, foreign: (seen) => expect(JSON.stringify(seen)).not.toContain('Canary') })
