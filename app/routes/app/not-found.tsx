import { DomainError } from '~/domain/kernel'
import { page } from '~/http'
import { ErrorPage } from '~/ui/layout/error-page'
import type { PageHandle } from '~/ui/layout/page-title'

export const handle: PageHandle = { title: 'notFound' }

/** Any address inside the workspace that is none of its pages. */
export const loader = page({}, () => Promise.reject(new DomainError('not-found')))

export default function NotFound() {
  return null
}

export function ErrorBoundary() {
  return <ErrorPage embedded />
}
