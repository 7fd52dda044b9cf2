import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { freePort } from './bare-server'

/** A Redis of a test's own, which keeps nothing: killed and started again it is empty. */
export type RedisServer = { url: string; start: () => Promise<void>; kill: () => Promise<void>; stop: () => Promise<void> }

/** Whether this machine has a redis-server. */
export const hasRedis = (): boolean => spawnSync('redis-server', ['--version']).status === 0

/** A Redis on a free port of the loopback, not started yet. */
export async function aRedisServer(): Promise<RedisServer> {
  const port = await freePort()
  const dir = mkdtempSync(join(tmpdir(), 'clew-redis-'))
  const url = `redis://127.0.0.1:${String(port)}`
  let child: ChildProcess | undefined
  const kill = async () => {
    if (child === undefined) return
    const dying = child
    child = undefined
    const ended = new Promise<void>((done) => dying.once('exit', () => { done() }))
    dying.kill('SIGKILL')
    await ended
  }
  return {
    url, kill,
    async start() {
      child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', dir, '--maxmemory-policy', 'noeviction'], { stdio: 'ignore' })
      await answers(url)
    },
    async stop() {
      await kill()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

async function answers(url: string): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 })
    client.on('error', () => undefined)
    const isUp = await client.connect().then(() => client.ping()).then(() => true, () => false)
    client.disconnect()
    if (isUp) return
    await sleep(50)
  }
  throw new Error('Redis did not answer in time.')
}
