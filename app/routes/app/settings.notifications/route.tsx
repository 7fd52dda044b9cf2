import { Form, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ownNotifications, setNotifications } from '~/domain/notifications'
import { SetNotifications } from '~/domain/notifications/contract'
import { page, submit } from '~/http'
import { LOCALE_NAMES, LOCALES } from '~/lib/locales'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { BrowserPart } from './browser-part'
import { ChannelTable } from './channel-table'

export const handle: PageHandle = { title: 'notificationSettings' }

export const loader = page({ permission: 'leads:read' }, async ({ ctx }) => ({ own: await ownNotifications(ctx, {}), zones: Intl.supportedValuesOf('timeZone') }))

export const action = submit({ permission: 'leads:read', form: SetNotifications }, ({ ctx, input }) => setNotifications(ctx, input))

export type Own = Awaited<ReturnType<typeof loader>>['own']

export const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** How one is told of what: channels, quiet hours, the digest. */
export default function NotificationSettingsPage() {
  const { t } = useTranslation('notices')
  const { own, zones } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [search] = useSearchParams()
  const mailed = own.channels.filter(({ channels }) => channels.mail !== 'never').length
  const quiet = own.quietFrom === null || own.quietTo === null ? null : { from: clock(own.quietFrom), to: clock(own.quietTo) }
  const refused = search.get('refused')
  return (
    <>
      <PageHeader title={quiet === null ? t('settings.titleOpen', { count: mailed }) : t('settings.title', { count: mailed, ...quiet })} />
      <PageBody narrow>
        {search.get('tested') !== null && <p role="status" className="mb-4 rounded-md bg-won-wash px-3 py-2 text-13 text-won">{t('settings.tested')}</p>}
        {refused !== null && <p role="alert" className="form-alert mb-4">{t('settings.tooMany')}</p>}
        <Form method="post" className="flex flex-col gap-5 pb-6">
          {answer?.done !== undefined && <p role="status" className="rounded-md bg-won-wash px-3 py-2 text-13 text-won">{t('settings.saved')}</p>}
          {answer !== undefined && answer.done === undefined && <p role="alert" className="form-alert">{t('settings.refused')}</p>}
          <ChannelTable channels={own.channels} />
          <Times own={own} />
          <div className="grid gap-4 sm:grid-cols-2">
            <label className="field"><span className="field-label">{t('settings.zone')}</span>
              <select name="timeZone" defaultValue={own.ownTimeZone ?? ''} className="input"><option value="">{t('settings.zoneUsual')}</option>{zones.map((zone) => <option key={zone} value={zone}>{zone}</option>)}</select>
            </label>
            <label className="field"><span className="field-label">{t('settings.language')}</span>
              <select name="locale" defaultValue={own.ownLocale ?? ''} className="input"><option value="">{t('settings.languageUsual')}</option>{LOCALES.map((locale) => <option key={locale} value={locale} lang={locale}>{LOCALE_NAMES[locale]}</option>)}</select>
            </label>
          </div>
          <div><button type="submit" className="btn btn-next">{t('settings.save')}</button></div>
        </Form>
        <PageSection title={t('browser.title')}><BrowserPart /></PageSection>
        <PageSection title={t('settings.testTitle')}>
          <p className="mb-3 max-w-[60ch] text-13 text-text-2">{t('settings.testHint')}</p>
          <Form method="post" action="/settings/notifications/test"><button type="submit" className="btn">{t('settings.test')}</button></Form>
        </PageSection>
      </PageBody>
    </>
  )
}

function Times({ own }: { own: Own }) {
  const { t } = useTranslation('notices')
  const time = (name: string, label: string, minute: number) => (
    <label className="field w-36"><span className="field-label">{label}</span><input type="time" name={name} defaultValue={clock(minute)} required className="input tn" /></label>
  )
  return (
    <>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-14 font-semibold">{t('quiet.title')}</legend>
        <label className="check"><input type="checkbox" name="quiet" defaultChecked={own.quietFrom !== null} className="native-check" /><span>{t('quiet.on')}</span></label>
        <div className="flex flex-wrap gap-4">{time('quietFrom', t('quiet.from'), own.quietFrom ?? 1_320)}{time('quietTo', t('quiet.to'), own.quietTo ?? 420)}</div>
        <label className="check"><input type="checkbox" name="urgentPasses" defaultChecked={own.urgentPasses} className="native-check" /><span>{t('quiet.urgent')}</span></label>
        <p className="field-hint">{t('quiet.hint')}</p>
      </fieldset>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-14 font-semibold">{t('digest.title')}</legend>
        {time('digestAt', t('digest.at'), own.digestMinute)}
        <label className="check"><input type="checkbox" name="digestWorkingDays" defaultChecked={own.digestWorkingDays} className="native-check" /><span>{t('digest.workingDays')}</span></label>
      </fieldset>
    </>
  )
}
