import { Outlet, useLoaderData, type ShouldRevalidateFunctionArgs } from '@remix-run/react'
import Activity from 'lucide-react/icons/activity'
import CalendarCheck from 'lucide-react/icons/calendar-check'
import Bookmark from 'lucide-react/icons/bookmark'
import FileText from 'lucide-react/icons/file-text'
import Filter from 'lucide-react/icons/filter'
import Gauge from 'lucide-react/icons/gauge'
import Inbox from 'lucide-react/icons/inbox'
import ListTodo from 'lucide-react/icons/list-todo'
import Rows3 from 'lucide-react/icons/rows-3'
import Share2 from 'lucide-react/icons/share-2'
import Split from 'lucide-react/icons/split'
import Timer from 'lucide-react/icons/timer'
import Target from 'lucide-react/icons/target'
import TrendingUp from 'lucide-react/icons/trending-up'
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal'
import Upload from 'lucide-react/icons/upload'
import Users from 'lucide-react/icons/users'
import Waves from 'lucide-react/icons/waves'
import Waypoints from 'lucide-react/icons/waypoints'
import { useTranslation } from 'react-i18next'
import { can } from '~/domain/kernel'
import { unreadNotices } from '~/domain/notifications'
import { keysOf } from '~/domain/orgs'
import { rolePermissions, type Permission } from '~/domain/orgs/vocabulary'
import { listViews } from '~/domain/views'
import { page } from '~/http'
import { usePersonalKeys } from '~/ui/keyboard/shortcuts'
import { AppShell, type NavItem, type NavSection } from '~/ui/layout/app-shell'
import { Bell } from '~/ui/notices/bell'
import { BellEar, useBell } from '~/ui/notices/use-bell'
import { ErrorPage } from '~/ui/layout/error-page'
import { readPreferences } from '~/ui/preferences'

export const loader = page({}, async ({ ctx, viewer, request }) => {
  const reads = can(ctx.actor, 'leads:read')
  return {
    viewer, preferences: readPreferences(request), keys: reads ? await keysOf(ctx, {}) : EVERY_KEY,
    unread: reads ? await unreadNotices(ctx, {}) : null,
    pinned: reads ? (await listViews(ctx, {})).filter(({ isPinned }) => isPinned) : [],
  }
})

/** Who looks and how they like it change only through forms of their own. */
export function shouldRevalidate({ formAction, nextUrl, currentUrl }: ShouldRevalidateFunctionArgs) {
  if (formAction === undefined) return nextUrl.pathname.startsWith('/settings') !== currentUrl.pathname.startsWith('/settings')
  return formAction.startsWith('/views') || formAction.startsWith('/preferences') || formAction.startsWith('/settings') || formAction.startsWith('/choose-organisation')
}

const EVERY_KEY = { enabled: true, keys: {} }

type Place = NavItem & { needs: Permission }

export default function Workspace() {
  const { viewer, preferences, pinned, keys, unread } = useLoaderData<typeof loader>()
  usePersonalKeys(keys)
  const bell = useBell(unread ?? 0)
  const { t } = useTranslation('shell')
  const sections = usePlaces(rolePermissions[viewer.role], viewer.isOperator, pinned)
  return (
    <AppShell
      sections={sections}
      timeZone={viewer.org.timeZone}
      searchHref={rolePermissions[viewer.role].has('leads:read') ? '/search/records' : undefined}
      allowed={rolePermissions[viewer.role]}
      user={{
        name: viewer.name,
        detail: `${t(`role.${viewer.role}`)} · ${viewer.org.name}`,
        preferences,
        signOutHref: '/sign-out',
        links: viewer.orgs.length > 1 ? [{ href: '/choose-organisation', label: t('switchOrganisation') }] : [],
      }}
      bell={unread === null ? undefined : <Bell {...bell} />}
      banner={viewer.org.isDemo ? <p className="demo-banner no-print">{t('demo')}</p> : undefined}
    >
      {unread !== null && <BellEar hear={bell.hear} />}
      <Outlet context={viewer} />
    </AppShell>
  )
}

/** The places a role may go; one that would lead to a refusal is not shown. */
function usePlaces(allowed: ReadonlySet<Permission>, isOperator: boolean, pinned: readonly { id: string; name: string }[]): NavSection[] {
  const { t } = useTranslation('shell')
  const open = (places: readonly Place[]) => places.filter((place) => allowed.has(place.needs))
  const work = open([
    { href: '/queue', label: t('nav.queue'), icon: ListTodo, key: 'q', needs: 'leads:write' },
    { href: '/leads', label: t('nav.leads'), icon: Users, key: 'l', needs: 'leads:read' },
    { href: '/tasks', label: t('nav.tasks'), icon: CalendarCheck, key: 't', needs: 'leads:write' },
    { href: '/pool', label: t('nav.pool'), icon: Waves, key: 'o', needs: 'leads:claim' },
    { href: '/partner', label: t('nav.referrals'), icon: Share2, key: 'p', needs: 'referrals:read' },
  ]).filter((place) => place.href !== '/partner' || !allowed.has('leads:read'))
  const reports = open([{ href: '/funnel', label: t('nav.funnel'), icon: Filter, key: 'r', needs: 'reports:read' }, { href: '/forecast', label: t('nav.forecast'), icon: TrendingUp, needs: 'reports:read' }, { href: '/speed-to-lead', label: t('nav.speed'), icon: Timer, needs: 'reports:read' }, { href: '/reports/daily', label: t('nav.daily'), icon: FileText, needs: 'reports:read' }])
  const base = open([
    { href: '/assignment', label: t('nav.assignment'), icon: Split, key: 'a', needs: 'assignment:read' },
    { href: '/scoring', label: t('nav.scoring'), icon: Target, needs: 'settings:read' },
    { href: '/sources', label: t('nav.sources'), icon: Inbox, key: 's', needs: 'sources:read' },
    { href: '/forms', label: t('nav.forms'), icon: Rows3, key: 'f', needs: 'sources:read' },
    { href: '/deliveries', label: t('nav.deliveries'), icon: Activity, key: 'd', needs: 'deliveries:read' },
    { href: '/channels', label: t('nav.channels'), icon: Waypoints, key: 'c', needs: 'channels:read' },
    { href: '/imports', label: t('nav.imports'), icon: Upload, key: 'i', needs: 'imports:write' },
  ])
  const jobs: NavItem[] = isOperator ? [{ href: '/admin/jobs', label: t('nav.jobs'), icon: Gauge, outside: true }] : []
  const settings: NavItem = { href: '/settings', label: t('nav.settings'), icon: SlidersHorizontal }
  return [
    { id: 'work', items: work },
    ...(pinned.length > 0 ? [{ id: 'views', title: t('nav.views'), items: pinned.map(({ id, name }) => ({ href: `/leads?v=${id}`, label: name, icon: Bookmark })) }] : []),
    ...(reports.length > 0 ? [{ id: 'reports', title: t('nav.reports'), items: reports }] : []),
    { id: 'base', end: true, items: [...base, ...jobs, settings] },
  ]
}

export function ErrorBoundary() {
  return <ErrorPage embedded />
}
