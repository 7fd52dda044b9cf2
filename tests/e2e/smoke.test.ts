import { expect, test } from '~tests/support/e2e'

test('the process and its database answer', async ({ request }) => {
  expect((await request.get('/livez')).status()).toBe(200)
  expect((await request.get('/readyz')).status()).toBe(200)
})
