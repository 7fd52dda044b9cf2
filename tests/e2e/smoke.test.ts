import { expect, ready, test } from '~tests/support/e2e'

test('the process and its database answer', async ({ request }) => {
  expect((await request.get('/livez')).status()).toBe(200)
  expect((await request.get('/readyz')).status()).toBe(200)
})

test('a press before the scripts have taken over breaks nothing', async ({ open }) => {
  const page = await open({ locale: 'en', role: 'manager' })
  const slow = await page.context().newCDPSession(page)
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 6 })
  await page.goto('/leads')
  // The watch of every journey fails this one if a press finds a page that cannot answer yet.
  await page.evaluate(() => new Promise<void>((done) => {
    const press = (left: number) => {
      document.querySelector<HTMLElement>('h1')?.click()
      if (left === 0) done()
      else setTimeout(() => { press(left - 1) }, 20)
    }
    press(40)
  }))
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await ready(page)
  await expect(page.locator('tbody .ll-tick').first()).toBeVisible()
})
