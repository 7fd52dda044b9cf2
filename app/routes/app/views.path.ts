import { isRefusal } from '~/domain/kernel'
import { redirectTo } from '~/http'

/** A view by its address alone: the list fills in what it says. */
export const viewPath = (viewId: string): string => `/leads?v=${viewId}`

/** Back to the list, which says that it was refused. */
export async function refusedView(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (!isRefusal(error)) throw error
    if (error.code === 'not-found' || error.code === 'not-allowed') throw error
    return redirectTo(`/leads?layout=table&refused=${error.code}`)
  }
}
