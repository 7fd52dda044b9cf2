import { Agent, request } from 'node:http'
import { seeded } from '~/lib/seeded'
import { sign } from '~/domain/capture/connectors/standard/verify-standard'

/** What a round of sending showed. Milliseconds; `acked` is how many got a 2xx. */
export type Round = { acked: number; refused: number; perSecond: number; p50: number; p99: number }
export type Target = { address: string; secret: string; name: string }

let sent = 0

/** Names as uneven as those of real people: some everywhere, most seldom. Seeded, so that every run sends the same. */
const random = seeded(20_240_515)
const uneven = (letters: string): string => letters[Math.floor(random() ** 1.5 * letters.length)] ?? ''
const FAMILY = '王李张刘陈杨黄赵周吴徐孙马胡朱郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷'
const GIVEN = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文玉萍红鹏宇浩婷雪飞鑫波斌莉建国志海云龙林生春慧琴兰玲峰晨阳欣怡佳子轩梓涵浩然宏博雅思远天泽雨桐诗语嘉懿煜城文昊绍辉旭尧立'

/** Posts signed leads over `sockets` kept-alive connections for `seconds`, each connection one at a time. */
export async function send({ address, secret, name }: Target, seconds: number, sockets = 32): Promise<Round> {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets })
  const times: number[] = []
  let refused = 0
  const startedAt = performance.now()
  const endsAt = startedAt + seconds * 1000
  const lane = async () => {
    while (performance.now() < endsAt) {
      const before = performance.now()
      if (await post(agent, address, secret, name)) times.push(performance.now() - before)
      else refused += 1
    }
  }
  await Promise.all(Array.from({ length: sockets }, lane))
  agent.destroy()
  return roundOf(times, refused, performance.now() - startedAt)
}

/** Posts `perSecond` signed leads a second for `seconds`, whether or not the ones before have been answered. */
export async function sendSteadily({ address, secret, name }: Target, perSecond: number, seconds: number): Promise<Round> {
  const agent = new Agent({ keepAlive: true })
  const times: number[] = []
  let refused = 0
  const startedAt = performance.now()
  const one = async (at: number) => {
    await new Promise((due) => setTimeout(due, startedAt + at - performance.now()))
    // From when it was due: a sender that is late must not make us look fast.
    if (await post(agent, address, secret, name)) times.push(performance.now() - startedAt - at)
    else refused += 1
  }
  await Promise.all(Array.from({ length: perSecond * seconds }, (_, i) => one((i * 1000) / perSecond)))
  agent.destroy()
  return roundOf(times, refused, performance.now() - startedAt)
}

function roundOf(times: number[], refused: number, milliseconds: number): Round {
  const elapsed = milliseconds / 1000
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
  return { acked: times.length, refused, perSecond: times.length / elapsed, p50: at(0.5), p99: at(0.99) }
}

function post(agent: Agent, address: string, secret: string, name: string): Promise<boolean> {
  sent += 1
  const id = `msg_${name}_${process.pid}_${sent}`
  const body = Buffer.from(JSON.stringify({ type: 'lead.submitted', data: {
    external_id: id, full_name: uneven(FAMILY) + uneven(GIVEN) + uneven(GIVEN), mobile: `1${38 + (sent % 20)}${String((sent * 7_654_321) % 100_000_000).padStart(8, '0')}`, email: `lead${sent}@works${sent % 5000}.cn`, company: `works${sent % 5000}`,
    message: 'Please call me about a demonstration of the newest line.', utm_source: 'google', gclid: `Cj0K${sent}`,
  } }))
  const timestamp = String(Math.floor(Date.now() / 1000))
  const headers = { 'content-type': 'application/json', 'content-length': body.length, 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${sign(secret, id, timestamp, body)}` }
  return new Promise((done) => {
    const outgoing = request(address, { method: 'POST', agent, headers }, (answer) => {
      answer.resume()
      answer.on('end', () => done((answer.statusCode ?? 500) < 300))
    })
    outgoing.on('error', () => done(false))
    outgoing.end(body)
  })
}
