import { DomainError, type Refusal } from '~/domain/kernel'

/** Runs a question to better-auth; what it refuses becomes this refusal, what breaks stays an error. */
export async function refusedAs<T>(code: Refusal, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (isAnswer(error)) throw new DomainError(code)
    throw error
  }
}

// Asked by shape: the bundler may hold better-auth's error class twice.
function isAnswer(error: unknown): boolean {
  const status = (error as { statusCode?: unknown } | null)?.statusCode
  return typeof status === 'number' && status >= 400 && status < 500
}
