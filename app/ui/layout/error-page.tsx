import { isRouteErrorResponse, useRouteError } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { LinkButton } from '../primitives/button'
import { BrandMark } from '../primitives/brand-mark'

const KNOWN = ['400', '401', '403', '404', '405', '409', '410', '413', '422', '429', '500', '503'] as const
type Known = (typeof KNOWN)[number]

function statusOf(error: unknown): Known {
  const status = isRouteErrorResponse(error) ? String(error.status) : '500'
  return KNOWN.find((known) => known === status) ?? '500'
}

/** What the refusal may carry: `{ requestId, message }`, message already translated. */
function detailOf(error: unknown): { requestId?: string; message?: string } {
  const body: unknown = isRouteErrorResponse(error) ? error.data : null
  if (typeof body !== 'object' || body === null) return {}
  const { requestId, message } = body as Record<string, unknown>
  return { requestId: typeof requestId === 'string' ? requestId : undefined, message: typeof message === 'string' ? message : undefined }
}

/** A sentence, a way out and an id; for root and for any route's ErrorBoundary (`embedded` inside the shell). */
export function ErrorPage({ embedded }: { embedded?: boolean }) {
  const { t } = useTranslation(['errors', 'common', 'shell'])
  const error = useRouteError()
  const status = statusOf(error)
  const { requestId, message } = detailOf(error)
  const Box = embedded === true ? 'section' : 'main'
  return (
    <Box className="grid min-h-[70vh] place-items-center p-6">
      <div className="w-full max-w-[420px]">
        <p className="mb-6 flex items-center gap-2 text-16 font-semibold">
          <span className="text-accent"><BrandMark /></span>
          {t('shell:brand')}
        </p>
        <p className="tn text-12 text-muted">{status}</p>
        <h1 className="text-20 font-semibold text-balance">{t(`errors:title.${status}`)}</h1>
        <p className="mt-2 text-14 text-text-2">{message ?? t(`errors:hint.${status}`)}</p>
        {requestId !== undefined && <p className="tn mt-2 text-12 text-faint">{t('common:empty.requestId', { id: requestId })}</p>}
        <div className="mt-6 flex gap-2">
          {status === '401' ? <LinkButton to="/sign-in" variant="next">{t('errors:signIn')}</LinkButton> : <LinkButton to="/" reloadDocument>{t('errors:home')}</LinkButton>}
          <LinkButton to="" reloadDocument variant="quiet">{t('errors:reload')}</LinkButton>
        </div>
      </div>
    </Box>
  )
}
