/** Benchmarks by name: `npm run bench`, `npm run bench ingest`. Each prints its figures and, last, its ratio. */
const benchmarks: Record<string, () => Promise<{ run: () => Promise<void> }>> = {
  ingest: () => import('./ingest'),
  match: () => import('./match'),
  import: () => import('./import'),
  claims: () => import('./claims'),
  lists: () => import('./lists'),
  live: () => import('./live'),
  rescore: () => import('./rescore'),
  'import-floor': () => import('./import-floor'),
}

const asked = process.argv.slice(2).filter((word) => !word.startsWith('-'))
const unknown = asked.filter((name) => benchmarks[name] === undefined)
if (unknown.length > 0) {
  process.stderr.write(`There is no benchmark ${unknown.join(', ')}; there are: ${Object.keys(benchmarks).join(', ')}\n`)
  process.exit(2)
}
for (const name of asked.length > 0 ? asked : Object.keys(benchmarks)) {
  process.stdout.write(`== ${name}\n`)
  const benchmark = await benchmarks[name]?.()
  await benchmark?.run()
}
