import { describe, expect, it, vi } from 'vitest'

describe('the console guard', () => {
  it('watches console.error, and lets a test that expects one clear it', () => {
    console.error('expected here')
    expect(console.error).toHaveBeenCalledWith('expected here')
    vi.mocked(console.error).mockClear()
  })
})
