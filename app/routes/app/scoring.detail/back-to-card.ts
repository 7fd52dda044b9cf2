import { isRefusal, type DomainError } from '~/domain/kernel'
import { backTo } from '~/http'

/** As `backTo`; but a card that is not there has no page to go back to: that is answered as it is. */
export async function backToCard<T>(path: string, change: () => Promise<T>, after?: (answer: T) => string): Promise<Response> {
  const missing: DomainError[] = []
  const answer = await backTo(path, async () => {
    try {
      return await change()
    } catch (error) {
      if (isRefusal(error) && error.code === 'not-found') missing.push(error)
      throw error
    }
  }, after)
  for (const error of missing) throw error
  return answer
}
