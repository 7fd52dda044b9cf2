import { Transform } from 'node:stream'
import { createReadableStreamFromReadable, type ActionFunctionArgs, type AppLoadContext, type EntryContext, type LoaderFunctionArgs } from '@remix-run/node'
import { RemixServer } from '@remix-run/react'
import { isbot } from 'isbot'
import { renderToPipeableStream } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { createI18n } from '~/i18n/create.server'
import { localeOf } from '~/i18n/locale'
import { log } from '~/platform/log'
import { NonceContext } from '~/ui/nonce'

export const streamTimeout = 8_000

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const nonce = loadContext.nonce
  const whole = isbot(request.headers.get('user-agent') ?? '') || remixContext.isSpaMode
  const locale = localeOf(request)
  return new Promise((resolve, reject) => {
    let shellSent = false
    let answer = status
    const send = () => {
      shellSent = true
      const body = withoutZeros()
      body.once('close', () => clearTimeout(timer))
      headers.set('Content-Type', 'text/html; charset=utf-8')
      headers.set('Content-Language', locale)
      headers.append('Vary', 'Cookie, Accept-Language')
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status: answer }))
      stream.pipe(body)
    }
    const stream = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <I18nextProvider i18n={createI18n(locale)}>
          <RemixServer context={remixContext} url={request.url} nonce={nonce} abortDelay={streamTimeout} />
        </I18nextProvider>
      </NonceContext.Provider>,
      {
        nonce,
        ...(whole ? { onAllReady: send } : { onShellReady: send }),
        onShellError: reject,
        onError(error) {
          answer = 500
          // Before the shell the rejection is reported by the caller.
          if (shellSent) reportError(error, request)
        },
      },
    )
    const timer = setTimeout(() => stream.abort(), streamTimeout + 1_000).unref()
  })
}

// React 18.3 sends its whole buffer where a character of several bytes no longer fits: the rest is zeros, which are no text.
function withoutZeros(): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, chunk.includes(0) ? chunk.filter((byte) => byte !== 0) : chunk)
    },
  })
}

export function handleError(error: unknown, { request }: LoaderFunctionArgs | ActionFunctionArgs): void {
  if (!request.signal.aborted) reportError(error, request)
}

function reportError(error: unknown, request: Request): void {
  // The first part of the path only: what follows may be a token.
  log.error({ err: error, method: request.method, section: new URL(request.url).pathname.split('/')[1] }, 'page failed')
}
