import type { ClientActionFunctionArgs } from '@remix-run/react'

/** A form sent in the background that cannot reach us is answered like a refusal: the page stays, and says so in place. */
export async function offlineAnswer({ serverAction }: ClientActionFunctionArgs): Promise<unknown> {
  try {
    return await serverAction()
  } catch (error) {
    if (error instanceof Response || !(error instanceof TypeError)) throw error
    return { refusal: { code: 'failed', params: {} } }
  }
}
