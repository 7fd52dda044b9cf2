import { data, type ClientActionFunctionArgs } from '@remix-run/react'

/** A form sent in the background that cannot reach us is answered like a refusal: the page stays, and says so in place. */
export async function offlineAnswer({ serverAction }: ClientActionFunctionArgs): Promise<unknown> {
  try {
    return await serverAction()
  } catch (error) {
    if (error instanceof Response || !(error instanceof TypeError)) throw error
    // A refusal's status: after it nothing is read anew, which could not be reached either.
    return data({ refusal: { code: 'failed', params: {} } }, { status: 503 })
  }
}
