import { describe, expect, it } from 'vitest'
import { connectorOf } from '~/domain/capture/connectors/registry'
import { connectorGuide } from '~/i18n/connector-guides.server'

const names = ['tiktok', 'oceanengine', 'tencent-ads', 'baidu', 'xiaohongshu', 'kuaishou'] as const

describe.each(names)('the guide of %s', (name) => {
  it.each(['en', 'zh-CN'] as const)('in %s names every field and the secret, and what to do', (locale) => {
    const connector = connectorOf(name)
    const guide = connectorGuide(name, locale)
    expect(Object.keys(guide.fields).sort()).toEqual(connector.fields.map((field) => field.name).sort())
    const takesSecret = connector.push !== undefined && (connector.push.newSecret !== null || connector.push.checkSecret('an-ordinary-secret'))
    expect(guide.secret !== null).toBe(takesSecret)
    expect(guide.steps.length).toBeGreaterThanOrEqual(2)
    const said = [guide.about, guide.standing, ...guide.steps, ...Object.values(guide.fields).flatMap(({ label, hint }) => [label, hint])]
    for (const text of said) expect(text.trim()).not.toBe('')
    expect(connector.standing).not.toBe('vendor')
  })

  it('says in both languages what is not verified', () => {
    expect(connectorGuide(name, 'en').standing).toMatch(/not published|not confirmed|not from (?:Baidu|the vendor)|known from|publishes no/)
    expect(connectorGuide(name, 'zh-CN').standing).toMatch(/未公布|尚未证实|并非|没有公开/)
  })
})
