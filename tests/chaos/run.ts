/** Fault tests by name: `npm run chaos`, `npm run chaos storm`. Each prints what it did and ends with 1 where something was lost or doubled. */
const faults: Record<string, () => Promise<{ run: () => Promise<boolean> }>> = {
  storm: () => import('./storm'),
  redeliveries: () => import('./redeliveries'),
  mutations: () => import('./mutations'),
}

const asked = process.argv.slice(2).filter((word) => !word.startsWith('-'))
const unknown = asked.filter((name) => faults[name] === undefined)
if (unknown.length > 0) {
  process.stderr.write(`There is no fault test ${unknown.join(', ')}; there are: ${Object.keys(faults).join(', ')}\n`)
  process.exit(2)
}
for (const name of asked.length > 0 ? asked : Object.keys(faults)) {
  process.stdout.write(`== ${name}\n`)
  const test = await faults[name]?.()
  if ((await test?.run()) !== true) process.exitCode = 1
}
