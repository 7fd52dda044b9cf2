import { hmacSha256 } from '~/platform/crypto'
import type { RobotKind } from '../vocabulary'
import { fitting, type RobotMessage } from './robot-text'

type Ready = { url: string; body: object }
type Adapter = {
  /** the request that says a message, signed where the platform signs */
  request: (to: { address: string; secret: string | null; now: Date }, message: RobotMessage) => Ready
  /** why the platform refused, by its own code and words; null where it took the message */
  refusal: (status: number, body: string) => string | null
}

// Documented limits: WeCom 4,096 bytes of markdown, DingTalk 20,000, Feishu 20 kB a request, Slack 40,000 characters.
const BYTES = 3_600

/** DingTalk: HMAC-SHA256 of "timestamp\nsecret" under the secret, base64. The timestamp is in milliseconds. */
export const dingtalkSign = (timestamp: string, secret: string): string => hmacSha256(secret, `${timestamp}\n${secret}`).toString('base64')
/** Feishu: HMAC-SHA256 of nothing under "timestamp\nsecret", base64. The timestamp is in seconds. */
export const feishuSign = (timestamp: string, secret: string): string => hmacSha256(`${timestamp}\n${secret}`, '').toString('base64')

const markdown = ({ title, lines, link }: RobotMessage) => [`**${title}**`, ...fitting(lines, BYTES).map((line) => `> ${line}`), `[${link.label}](${link.href})`]

const adapters: Record<RobotKind, Adapter> = {
  wecom: {
    request: ({ address }, message) => ({ url: address, body: { msgtype: 'markdown', markdown: { content: markdown(message).join('\n') } } }),
    refusal: (status, body) => coded(status, body, [['errcode', 'errmsg']]),
  },
  dingtalk: {
    request({ address, secret, now }, message) {
      const url = new URL(address)
      if (secret !== null) {
        const timestamp = String(now.getTime())
        url.searchParams.set('timestamp', timestamp)
        url.searchParams.set('sign', dingtalkSign(timestamp, secret))
      }
      return { url: url.href, body: { msgtype: 'markdown', markdown: { title: message.title, text: markdown(message).join('\n\n') }, at: { isAtAll: false } } }
    },
    refusal: (status, body) => coded(status, body, [['errcode', 'errmsg']]),
  },
  feishu: {
    request({ address, secret, now }, { title, lines, link }) {
      const timestamp = String(Math.floor(now.getTime() / 1000))
      const content = [...fitting(lines, BYTES).map((text) => [{ tag: 'text', text }]), [{ tag: 'a', text: link.label, href: link.href }]]
      return { url: address, body: { ...(secret === null ? {} : { timestamp, sign: feishuSign(timestamp, secret) }), msg_type: 'post', content: { post: { zh_cn: { title, content } } } } }
    },
    refusal: (status, body) => coded(status, body, [['code', 'msg'], ['StatusCode', 'StatusMessage']]),
  },
  slack: {
    request: ({ address }, { title, lines, link }) => ({
      url: address, body: { text: [`*${slackText(title)}*`, ...fitting(lines, BYTES).map(slackText), `<${link.href}|${slackText(link.label)}>`].join('\n'), unfurl_links: false, unfurl_media: false, link_names: false },
    }),
    refusal: (status, body) => (status === 200 && body.trim() === 'ok' ? null : `${status} ${short(body)}`.trim()),
  },
}

export const robotAdapter = (kind: RobotKind): Adapter => adapters[kind]

const slackText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** What a platform says in a 200: a code other than 0 is a refusal, and so is an answer without any. */
function coded(status: number, body: string, codes: readonly (readonly [code: string, words: string])[]): string | null {
  const answer = parsed(body)
  const known = codes.find(([code]) => answer?.[code] !== undefined)
  if (status !== 200 || answer === null || known === undefined) return `${status} ${short(body)}`.trim()
  const [code, words] = known
  return Number(answer[code]) === 0 ? null : `${String(answer[code])} ${short(String(answer[words] ?? ''))}`.trim()
}

function parsed(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

const short = (text: string) => text.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ').trim().slice(0, 160)
