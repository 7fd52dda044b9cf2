import { afterEach, beforeEach, expect, type MockInstance, vi } from 'vitest'

let guard: MockInstance<typeof console.error> | undefined

// A logged error nobody asserts on is a failure that nobody sees. A test that expects one clears it:
// vi.mocked(console.error).mockClear().
beforeEach(() => {
  guard = vi.spyOn(console, 'error').mockImplementation(() => undefined)
})

afterEach(() => {
  const calls = [...(guard?.mock.calls ?? [])]
  guard?.mockRestore()
  expect(calls, 'console.error was called').toEqual([])
})
