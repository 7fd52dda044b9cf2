import { existsSync } from 'node:fs'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Env } from '~/platform/env'
import { onShutdown, reportReady } from '~/platform/lifecycle'
import { repoRoot } from '~/platform/secrets'
import { mendDriver } from '~db/mend-driver'
import { refuse, settingsOrExit } from './settings'

type Running = { close(): Promise<void> }

/** What app/server.ts exports: the whole server for production, the bare listener for development. */
type Front = {
  createServer(options: { port: number; host: string }): Promise<Running>
  requestListener(request: IncomingMessage, response: ServerResponse): unknown
}

mendDriver()
const settings = settingsOrExit()
let running: Running | undefined
onShutdown(async () => running?.close())

try {
  running = process.argv.includes('--dev') ? await startDevelopment(settings) : await startProduction(settings)
  reportReady()
} catch (error) {
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') refuse([`Port ${settings.PORT} is taken by another program.`])
  throw error
}

async function startProduction({ PORT, HOST }: Env): Promise<Running> {
  const bundle = join(repoRoot, 'build/server/index.js')
  if (!existsSync(bundle)) refuse(['The application is not built. Run: npm run build'])
  const front = (await import(pathToFileURL(bundle).href)) as Front
  return front.createServer({ port: PORT, host: HOST })
}

/** Vite in front; then app/server.ts through Vite, so that loaders and API live in one module graph with one pool. */
async function startDevelopment({ PORT, HOST }: Env): Promise<Running> {
  const { createServer: createVite } = await import('vite')
  const http = createHttpServer()
  const vite = await createVite({
    root: repoRoot,
    appType: 'custom',
    server: { middlewareMode: true, hmr: { server: http } },
  })
  const loadFront = async () => (await vite.ssrLoadModule('/app/server.ts')) as Front
  await loadFront()
  http.on('request', (request, response) => {
    // Asked anew for every request: after an edit it is another module.
    const answer = () => loadFront().then((front) => front.requestListener(request, response))
    vite.middlewares(request, response, () => void answer().catch((error: Error) => {
      vite.ssrFixStacktrace(error)
      response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end(error.stack)
    }))
  })
  await new Promise<void>((done, fail) => http.once('error', fail).listen(PORT, HOST, done))
  return {
    async close() {
      http.closeAllConnections()
      http.close()
      await vite.close()
    },
  }
}
