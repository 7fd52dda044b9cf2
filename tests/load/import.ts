import { spawn } from 'node:child_process'
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import postgres from 'postgres'
import { exportAccess } from '~/cli/database'
import { workerFlags } from '~/cli/worker-flags'
import { createOrganisation, newOrganisationContext } from '~/domain/orgs'
import { closeDatabase, serveAs } from '~db/client.server'
import { startEmbedded } from '~db/embedded'
import { migrate } from '~db/migrate'
import { provisionEmbedded } from '~db/provision'
import type { ImportFigures } from './import-file'

/** What the issue asks for; `CLEW_BENCH_ROWS=100000` for a quick look. */
const ROWS = Number(process.env['CLEW_BENCH_ROWS'] ?? 1_000_000)
const HEADERS = 'Record ID,Create Date,Channel,Campaign,Last Name,First Name,Email,Mobile Phone,Job Title,Company Name,Website URL,Industry,Number of Employees,City,State/Region,Lead Status,Notes,utm_source,utm_campaign,Segment'
const families = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴']
const givens = ['伟', '芳', '娜', '敏', '静', '丽', '强', '磊', '军', '洋', '勇', '艳', '杰', '娟', '涛', '明', '超', '秀英', '霞', '平']
const channels = ['百度', '抖音', 'Google Ads', 'Webinar', '展会', 'LinkedIn', 'Referral', '小红书']

/**
 * A million rows of 20 columns as leads: first each row a person of its own and matching off; then, against what is
 * there by then, with matching on, every second row somebody known. Beside COPY of the same file into a bare table.
 */
export async function run(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'clew-bench-'))
  process.env['CLEW_DATA_DIR'] = dataDir
  const embedded = await startEmbedded({ dataDir })
  try {
    const access = await provisionEmbedded(embedded.superuserUrl, dataDir)
    await migrate(access)
    exportAccess(access)
    serveAs('worker')
    const made = newOrganisationContext('bench', new Date())
    await createOrganisation(made, { name: 'Bench' })
    const first = join(dataDir, 'first.csv')
    const second = join(dataDir, 'second.csv')
    await generate(first, ROWS, 0, 1)
    await generate(second, Math.round(ROWS / 5), Math.round(ROWS / 2), 2)
    const copied = await copyOf(access.owner.url, first)
    say(`COPY of the file into a bare table: ${round(copied)} rows/s`)
    const without = await imported(made.orgId, first, 'off', embedded.pid)
    say(`without matching: ${round(without.perSecond)} rows/s, memory at most ${without.peak} MB${cpuSaid(without)}`)
    const withIt = await imported(made.orgId, second, 'on', embedded.pid)
    say(`with matching, against ${round(ROWS)} people: ${round(withIt.perSecond)} rows/s, memory at most ${withIt.peak} MB${cpuSaid(withIt)}`)
    say(`ratio to COPY: without matching ${(without.perSecond / copied).toFixed(3)}, with matching ${(withIt.perSecond / copied).toFixed(3)}`)
  } finally {
    await closeDatabase()
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Imports a file in a process of its own, started as `npm start` starts the worker: so its memory is the importer's alone. */
async function imported(orgId: string, path: string, match: 'on' | 'off', postmaster: number): Promise<ImportFigures> {
  const child = spawn(process.execPath, [...workerFlags, '--import', 'tsx', new URL('import-file.ts', import.meta.url).pathname, orgId, path, match, String(postmaster)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  for await (const piece of child.stdout) said += String(piece)
  const figures = said.trim().split('\n').at(-1)
  if (figures?.startsWith('{') !== true) throw new Error(`The importer said: ${said}`)
  return JSON.parse(figures) as ImportFigures
}

// On a machine that others use, processor time says more than the clock.
const cpuSaid = ({ ours, database }: ImportFigures) => (database > 0 ? `, processor time a row: importer ${Math.round(ours)} µs, database ${Math.round(database)} µs` : '')

async function copyOf(ownerUrl: string, path: string): Promise<number> {
  const sql = postgres(ownerUrl, { max: 1 })
  await sql.unsafe(`create table bare_rows (${HEADERS.split(',').map((_, i) => `c${i} text`).join(', ')})`)
  const startedAt = performance.now()
  await pipeline(createReadStream(path), await sql`copy bare_rows from stdin with (format csv, header)`.writable())
  const perSecond = ROWS / ((performance.now() - startedAt) / 1000)
  await sql`drop table bare_rows`
  await sql.end()
  return perSecond
}

/** Rows `from` on of one endless file; every other one has the number and address of a row of the first file. */
async function generate(path: string, rows: number, from: number, file: number): Promise<void> {
  const out = createWriteStream(path)
  out.write(`${HEADERS}\r\n`)
  for (let row = 1; row <= rows; row += 1) {
    const who = file === 1 || row % 2 === 0 ? from + row : ROWS + from + row
    if (!out.write(line(file * 100_000_000 + row, who))) await new Promise<void>((resume) => { out.once('drain', resume) })
  }
  await new Promise<void>((done) => { out.end(done) })
}

function line(id: number, who: number): string {
  const n = who * 7919
  const firm = Math.floor(who / 3)
  const day = `2025-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')} ${String(n % 24).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`
  return `${id},${day},${channels[n % 8] ?? ''},Campaign ${n % 40},${families[n % 10] ?? ''},${givens[n % 20] ?? ''},user${who}@firm${firm}.cn,13${String(100_000_000 + who * 7).slice(-9)},Engineer ${n % 30},`
    + `上海第${firm}科技有限公司,https://www.firm${firm}.cn,Machinery ${n % 12},${10 + (n % 900)},Shanghai,上海,new,"Asked for a quote, line ${n % 100}",google,camp-${n % 40},${n % 5}\r\n`
}

const round = (value: number) => Math.round(value).toLocaleString('en')
const say = (text: string): void => void process.stdout.write(`${text}\n`)
