import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { robotAdapter } from '~/domain/notifications/robots/robot-adapters'
import { fitting, safeName, type RobotMessage } from '~/domain/notifications/robots/robot-text'
import { robotKinds } from '~/domain/notifications/vocabulary'
import { seeded } from '~tests/support/seed'

const now = new Date('2024-05-15T04:00:00.123Z')
const message: RobotMessage = { title: '3 leads', lines: ['Li: 2', 'Wang: 1'], link: { label: 'Open', href: 'https://clew.example/leads' } }

/** HMAC-SHA256 by WebCrypto, apart from what the product uses. */
async function hmac(key: string, text: string): Promise<string> {
  const bytes = new TextEncoder()
  const imported = await crypto.subtle.importKey('raw', bytes.encode(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.sign('HMAC', imported, bytes.encode(text)))))
}

describe('what is sent', () => {
  it('WeCom: markdown of at most 4,096 bytes', () => {
    const { url, body } = robotAdapter('wecom').request({ address: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k', secret: null, now }, message)
    expect([url, body]).toEqual(['https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k', { msgtype: 'markdown', markdown: { content: '**3 leads**\n> Li: 2\n> Wang: 1\n[Open](https://clew.example/leads)' } }])
    const long = robotAdapter('wecom').request({ address: 'https://x/', secret: null, now }, { ...message, lines: Array.from({ length: 300 }, (_, n) => `第 ${String(n)} 位同事：跟进 12 次`) })
    expect(Buffer.byteLength((long.body as { markdown: { content: string } }).markdown.content)).toBeLessThanOrEqual(4_096)
  })

  it('DingTalk: signed in the address, in milliseconds, as an independent calculation signs it', async () => {
    const { url, body } = robotAdapter('dingtalk').request({ address: 'https://oapi.dingtalk.com/robot/send?access_token=t', secret: 'SECabc', now }, message)
    const query = new URL(url).searchParams
    expect(Object.fromEntries(query)).toEqual({ access_token: 't', timestamp: '1715745600123', sign: await hmac('SECabc', '1715745600123\nSECabc') })
    expect(url).toContain(`sign=${encodeURIComponent(query.get('sign') ?? '')}`)
    expect(body).toMatchObject({ msgtype: 'markdown', markdown: { title: '3 leads' }, at: { isAtAll: false } })
  })

  it('Feishu: signed in the body, in seconds, over nothing', async () => {
    const { body } = robotAdapter('feishu').request({ address: 'https://open.feishu.cn/open-apis/bot/v2/hook/x', secret: 's3', now }, message)
    expect(body).toEqual({
      timestamp: '1715745600', sign: await hmac('1715745600\ns3', ''), msg_type: 'post',
      content: { post: { zh_cn: { title: '3 leads', content: [[{ tag: 'text', text: 'Li: 2' }], [{ tag: 'text', text: 'Wang: 1' }], [{ tag: 'a', text: 'Open', href: 'https://clew.example/leads' }]] } } },
    })
    expect(robotAdapter('feishu').request({ address: 'https://x/', secret: null, now }, message).body).not.toHaveProperty('sign')
  })

  it('Slack: text in which only our link is one', () => {
    const { body } = robotAdapter('slack').request({ address: 'https://hooks.slack.com/services/T/B/X', secret: null, now }, { ...message, lines: ['<!channel> & Co'] })
    expect(body).toEqual({ text: '*3 leads*\n&lt;!channel&gt; &amp; Co\n<https://clew.example/leads|Open>', unfurl_links: false, unfurl_media: false, link_names: false })
  })
})

describe('what is answered', () => {
  it.each([
    ['wecom', 200, '{"errcode":0,"errmsg":"ok"}', null], ['wecom', 200, '{"errcode":93000,"errmsg":"invalid webhook url"}', '93000 invalid webhook url'], ['wecom', 200, '<html>', '200 <html>'],
    ['dingtalk', 200, '{"errcode":310000,"errmsg":"keywords not in content"}', '310000 keywords not in content'], ['dingtalk', 200, '{"errcode":0}', null], ['dingtalk', 502, '', '502'],
    ['feishu', 200, '{"StatusCode":0,"StatusMessage":"success"}', null], ['feishu', 200, '{"code":0,"msg":"success","data":{}}', null],
    ['feishu', 200, '{"code":19021,"msg":"sign match fail or timestamp is not within one hour from current time"}', '19021 sign match fail or timestamp is not within one hour from current time'],
    ['feishu', 200, '{}', '200 {}'], ['slack', 200, 'ok', null], ['slack', 404, 'no_service', '404 no_service'], ['slack', 200, 'missing_text', '200 missing_text'],
  ] as const)('%s %i %s', (kind, status, body, problem) => {
    expect(robotAdapter(kind).refusal(status, body)).toBe(problem)
  })
})

describe('a stranger’s name', () => {
  it.each([
    ['<!channel> <@U123>', '＜！channel＞ ＜＠U123＞'], ['<at user_id="all">all</at>', '＜at user＿id="all"＞all＜/at＞'], ['<@all>', '＜＠all＞'], ['@所有人', '＠所有人'],
    ['[win](https://evil.example)', '［win］（https：//evil．example）'], ['**bold** `x` # y', '＊＊bold＊＊ ｀x｀ ＃ y'], ['evil.example\u202e\u0000\nx', 'evil．example x'], ['陈雨婷, 恒泰', '陈雨婷, 恒泰'],
  ])('%j mentions nobody and leads nowhere', (name, shown) => {
    expect(safeName(name)).toBe(shown)
  })

  it('holds no sign of markup, mention or address, whatever was typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (name) => {
      const safe = safeName(name)
      expect(safe).not.toMatch(/[@<>[\]()*_`~#|!\\&]|:\/\/|\.[\p{L}\p{N}]/u)
      expect([...safe].length).toBeLessThanOrEqual(60)
    }), seeded())
  })

  it('every kind of robot has an adapter, and what is too long says so', () => {
    for (const kind of robotKinds) expect(robotAdapter(kind)).toBeDefined()
    expect(fitting(['aaaa', 'bbbb', 'cccc'], 16)).toEqual(['aaaa', 'bbbb', '…'])
  })
})
