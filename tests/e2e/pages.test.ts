import type { Page } from '@playwright/test'
import { expect, expectAccessible, forgive, LOCALES, ready, test } from '~tests/support/e2e'

type Place = { name: string; role?: string; path: string; through?: RegExp; status?: number }

/** Every page of the site; `through` opens the first link of that kind on the page. */
const PLACES: readonly Place[] = [
  { name: 'sign-in', path: '/sign-in' }, { name: 'forgot', path: '/forgot' }, { name: 'invitation, expired', path: '/invitations/nonsense' }, { name: 'reset, expired', path: '/reset/nonsense' }, { name: 'mailbox', path: '/dev/mailbox' },
  { name: 'queue', role: 'rep', path: '/queue' }, { name: 'queue, later', role: 'rep', path: '/queue?tab=later' }, { name: 'queue, done', role: 'rep', path: '/queue?tab=done' },
  { name: 'leads', role: 'manager', path: '/leads' }, { name: 'leads, filtered', role: 'manager', path: '/leads?stage=won&from=2026-01-01&to=2026-12-31' }, { name: 'leads, nothing', role: 'manager', path: '/leads?q=zzqqzz' },
  { name: 'lead', role: 'manager', path: '/leads?stage=inquiry', through: /^\/leads\/lead_/ }, { name: 'lead, won', role: 'manager', path: '/leads?stage=won', through: /^\/leads\/lead_/ }, { name: 'lead, lost', role: 'manager', path: '/leads?stage=lost', through: /^\/leads\/lead_/ },
  { name: 'funnel', role: 'manager', path: '/funnel' }, { name: 'funnel, activity', role: 'manager', path: '/funnel?view=activity&by=owner&period=all' },
  { name: 'sources', role: 'admin', path: '/sources' }, { name: 'source, new', role: 'admin', path: '/sources/new' }, { name: 'source, form', role: 'admin', path: '/sources/new?connector=standard' }, { name: 'source', role: 'admin', path: '/sources', through: /^\/sources\/src_/ },
  { name: 'forms', role: 'marketer', path: '/forms' }, { name: 'form, new', role: 'marketer', path: '/forms/new' },
  { name: 'deliveries', role: 'admin', path: '/deliveries' }, { name: 'channels', role: 'admin', path: '/channels' }, { name: 'imports', role: 'marketer', path: '/imports' },
  { name: 'profile', role: 'admin', path: '/settings' }, { name: 'security', role: 'admin', path: '/settings/security' }, { name: 'two factors', role: 'admin', path: '/settings/security/two-factor-key' }, { name: 'organisation', role: 'admin', path: '/settings/organisation' },
  { name: 'members', role: 'admin', path: '/settings/members' }, { name: 'teams', role: 'admin', path: '/settings/teams' }, { name: 'visibility', role: 'admin', path: '/settings/visibility' }, { name: 'keys', role: 'admin', path: '/settings/keys' },
  { name: 'pool', role: 'rep', path: '/pool' }, { name: 'pool, lost', role: 'rep', path: '/pool/lost' }, { name: 'tasks', role: 'rep', path: '/tasks' }, { name: 'search', role: 'manager', path: '/search?q=a' },
  { name: 'board', role: 'manager', path: '/leads?layout=board' }, { name: 'leads, peek', role: 'manager', path: '/leads?f=stage.is.qualified.graded' }, { name: 'speed to lead', role: 'manager', path: '/speed-to-lead' },
  { name: 'forecast', role: 'manager', path: '/forecast' }, { name: 'forecast, leads', role: 'manager', path: '/forecast/leads' }, { name: 'forecast, nothing', role: 'manager', path: '/forecast?owner=none&channel=none' },
  { name: 'assignment', role: 'manager', path: '/assignment' }, { name: 'scoring', role: 'manager', path: '/scoring' }, { name: 'learning', role: 'manager', path: '/scoring/learning' },
  { name: 'score card', role: 'manager', path: '/scoring', through: /^\/scoring\/scd_\w+$/ }, { name: 'backtest', role: 'manager', path: '/scoring', through: /^\/scoring\/scd_\w+\/report$/ }, { name: 'simulator', role: 'manager', path: '/assignment/simulator' }, { name: 'pools', role: 'manager', path: '/settings/pools' },
  { name: 'hours', role: 'admin', path: '/settings/hours' }, { name: 'response times', role: 'admin', path: '/settings/response-times' }, { name: 'response time, new', role: 'admin', path: '/settings/response-times/new' },
  { name: 'outcomes', role: 'admin', path: '/settings/outcomes' }, { name: 'fields', role: 'admin', path: '/settings/fields' }, { name: 'contacts', role: 'admin', path: '/settings/contacts' },
  { name: 'mail templates', role: 'manager', path: '/settings/mail' },
  { name: 'calendar', role: 'rep', path: '/settings/calendar' }, { name: 'shortcuts', role: 'rep', path: '/settings/shortcuts' }, { name: 'lead, by hand', role: 'rep', path: '/leads/new' },
  { name: 'notifications', role: 'rep', path: '/notifications' }, { name: 'notification settings', role: 'rep', path: '/settings/notifications' }, { name: 'robots', role: 'manager', path: '/settings/robots' }, { name: 'targets', role: 'manager', path: '/settings/targets' },
  { name: 'daily report', role: 'manager', path: '/reports/daily' }, { name: 'contacts of a day', role: 'manager', path: '/reports/daily/contacts' },
  { name: 'partner', role: 'partner', path: '/partner' }, { name: 'refused', role: 'partner', path: '/leads', status: 403 }, { name: 'not found', role: 'rep', path: '/nowhere', status: 404 },
]
const WIDTHS = [390, 768, 1100, 1440] as const

async function visit(page: Page, { path, through, status = 200 }: Place): Promise<void> {
  const answer = await page.goto(path)
  expect(answer?.status(), path).toBe(status)
  if (through === undefined) return
  const hrefs = await page.locator('main a[href]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  const found = hrefs.find((href) => through.test(href))
  expect(found, `a link of ${path}`).toBeDefined()
  await page.goto(found ?? '')
}

/** The other theme at once: a colour on its way has a contrast nobody sees. */
async function darken(page: Page): Promise<void> {
  await page.addStyleTag({ content: '*, ::before, ::after { transition: none !important }' })
  await page.locator('html').evaluate((html) => { html.dataset['theme'] = 'dark' })
}

async function expectFits(page: Page, name: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(over, `${name} is wider than ${String(width)} px by`).toBeLessThanOrEqual(0)
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

for (const locale of LOCALES) {
  test.describe(`pages, ${locale}`, () => {
    for (const place of PLACES) {
      test(place.name, async ({ open, watch }) => {
        const page = await open(place.role === undefined ? { locale } : { locale, role: place.role })
        await visit(page, place)
        await ready(page)
        await expect(page.locator('html')).toHaveAttribute('lang', locale)
        await expectAccessible(page)
        await darken(page)
        await expectAccessible(page, 'colours')
        await expectFits(page, place.name)
        if (place.status !== undefined) forgive(watch, place.status)
      })
    }
  })
}

test('the gallery of parts, where this build has one', async ({ open, request }) => {
  test.skip((await request.get('/dev/gallery')).status() !== 200, 'built without CLEW_GALLERY')
  const page = await open({ locale: 'en' })
  await page.goto('/dev/gallery')
  await ready(page)
  await expectAccessible(page)
})
