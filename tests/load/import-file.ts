import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { importFromFile } from '~/domain/capture'
import { systemContext } from '~/domain/kernel'
import { readId, type Id } from '~/lib/ids'
import { closeDatabase, serveAs } from '~db/client.server'

/** `peak` in MB; processor time in µs a row. */
export type ImportFigures = { perSecond: number; peak: number; ours: number; database: number }

const columns = {
  'Record ID': 'external_id', 'Create Date': 'created_at', Channel: 'channel', Campaign: 'campaign', 'Last Name': 'last_name', 'First Name': 'first_name', Email: 'email', 'Mobile Phone': 'mobile',
  'Job Title': 'title', 'Company Name': 'company', 'Website URL': 'website', Industry: 'industry', 'Number of Employees': 'employees', City: 'city', 'State/Region': 'region', 'Lead Status': 'stage',
  Notes: 'note', utm_source: 'utm_source', utm_campaign: 'utm_campaign', Segment: 'custom.Segment',
}

/** Imports a file as the command line does, a chunk a transaction with all that undoing needs, and says what it took. */
async function measured(orgId: Id<'org'>, path: string, match: 'on' | 'off', postmaster: number): Promise<ImportFigures> {
  let peak = 0
  const [usedBefore, databaseBefore] = [process.cpuUsage(), databaseCpu(postmaster)]
  const watch = setInterval(() => { peak = Math.max(peak, Math.round(process.memoryUsage().rss / 1e6)) }, 100)
  const startedAt = performance.now()
  const { counts } = await importFromFile(systemContext(orgId, 'bench', new Date()), {
    kind: 'leads', open: () => createReadStream(path), mapping: { columns, options: { match } }, fileName: 'bench.csv', sha256: '0'.repeat(64),
    onProgress: ({ rows }) => { if (rows % 50_000 === 0) process.stderr.write(`${rows} rows, ${Math.round(rows / ((performance.now() - startedAt) / 1000))} rows/s, ${peak} MB\n`) },
  })
  clearInterval(watch)
  if (counts.failed > 0 || counts.created !== counts.rows) throw new Error(`not every row went in: ${JSON.stringify(counts)}`)
  const used = process.cpuUsage(usedBefore)
  return {
    perSecond: counts.rows / ((performance.now() - startedAt) / 1000), peak,
    ours: (used.user + used.system) / counts.rows, database: (databaseCpu(postmaster) - databaseBefore) / counts.rows,
  }
}

/** Processor time of the database so far, with that of its processes that ended, in µs (Linux only; elsewhere 0): a tick is 10 ms. */
function databaseCpu(postmaster: number): number {
  if (!existsSync('/proc')) return 0
  const fieldsOf = (pid: string) => readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /u, '').split(' ').map(Number)
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).reduce((sum, pid) => {
    try {
      const fields = fieldsOf(pid)
      const [own, ended] = [(fields[11] ?? 0) + (fields[12] ?? 0), (fields[13] ?? 0) + (fields[14] ?? 0)]
      return Number(pid) === postmaster ? sum + (own + ended) * 10_000 : fields[1] === postmaster ? sum + own * 10_000 : sum
    } catch {
      return sum
    }
  }, 0)
}

const [org = '', path = '', match = '', postmaster = ''] = process.argv.slice(2)
if (readId('org', org) === null) throw new Error('Which organisation?')
serveAs('worker')
const figures = await measured(org as Id<'org'>, path, match === 'on' ? 'on' : 'off', Number(postmaster))
await closeDatabase()
process.stdout.write(`${JSON.stringify(figures)}\n`)
