import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import ChartNoAxesColumn from 'lucide-react/icons/chart-no-axes-column'
import Funnel from 'lucide-react/icons/funnel'
import Inbox from 'lucide-react/icons/inbox'
import Phone from 'lucide-react/icons/phone'
import Search from 'lucide-react/icons/search'
import Settings2 from 'lucide-react/icons/settings-2'
import Users from 'lucide-react/icons/users'
import Waves from 'lucide-react/icons/waves'
import { useTranslation } from 'react-i18next'
import { openPalette } from '~/ui/keyboard/keyboard-layer'
import { AppShell, PhoneBar, type NavSection } from '~/ui/layout/app-shell'
import { PageBar, PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { readPreferences } from '~/ui/preferences'
import { Button } from '~/ui/primitives/button'
import { Meter } from '~/ui/primitives/meter'
import { SegmentedLinks } from '~/ui/primitives/segmented-links'
import { Controls } from './controls'
import { Drawings } from './drawings'
import { FieldSamples } from './field-samples'
import { TableSample } from './table-sample'

export const handle: PageHandle = { title: 'gallery' }

export function loader({ request }: LoaderFunctionArgs) {
  const url = new URL(request.url)
  const query = url.searchParams.get('q')
  if (query !== null) return data({ preferences: readPreferences(request), results: [{ id: '1', label: `${query} · Hengtai Precision`, description: 'Chen Yuting', href: '/dev/gallery#table' }] })
  return data({ preferences: readPreferences(request), results: [] })
}

/** Always refuses, to show how a form comes back. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData()
  const initialValue = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]))
  const error = { email: ['Enter an e-mail address such as name@company.com'] }
  return data({ result: { status: 'error' as const, initialValue, error } }, { status: 422 })
}

export default function Gallery() {
  const { t } = useTranslation('gallery')
  const { t: shell } = useTranslation('shell')
  const { preferences } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  const reading = params.get('reading') ?? 'cohort'
  const here = '/dev/gallery'
  const sections: NavSection[] = [
    { id: 'work', items: [{ href: here, label: shell('nav.queue'), icon: Inbox, count: '37', key: 'q' }, { href: `${here}/leads`, label: shell('nav.leads'), icon: Users, key: 'l' }, { href: `${here}/pool`, label: shell('nav.pool'), icon: Waves, count: '112' }] },
    { id: 'reports', title: shell('nav.reports'), items: [{ href: `${here}/funnel`, label: shell('nav.funnel'), icon: Funnel, key: 'r' }, { href: `${here}/channels`, label: shell('nav.channels'), icon: ChartNoAxesColumn, key: 'c' }] },
    { id: 'end', end: true, items: [{ href: `${here}/settings`, label: shell('nav.settings'), icon: Settings2 }] },
  ]
  return (
    <AppShell sections={sections} timeZone="Asia/Shanghai" searchHref={here} homeHref={here} user={{ name: 'Wang Li', detail: shell('role.rep'), preferences, signOutHref: '/sign-out' }}>
      <PageHeader title={t('sentence')}>
        <span className="max-lg:hidden">
          <Meter value={21} max={58} label={t('sample.note')}>21 / 58</Meter>
        </span>
        <Button icon={Search} shortcut="/" onPress={openPalette}>{shell('keys.search')}</Button>
        <Button variant="next" icon={Phone} shortcut="C" className="max-lg:hidden">{t('next')}</Button>
      </PageHeader>
      <PageBar>
        <SegmentedLinks label={t('sections.navigation')} items={[{ href: '?reading=cohort', label: 'Cohort', current: reading === 'cohort' }, { href: '?reading=activity', label: 'Activity', current: reading === 'activity' }]} />
      </PageBar>
      <PageBody>
        <Controls />
        <FieldSamples />
        <Drawings />
        <PageSection title={t('sections.table')}><span id="table" /></PageSection>
      </PageBody>
      <TableSample />
      <PhoneBar>
        <Button>{t('sample.owner')}</Button>
        <Button variant="next" icon={Phone}>{t('next')}</Button>
      </PhoneBar>
    </AppShell>
  )
}
