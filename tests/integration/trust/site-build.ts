import type { ServerBuild } from '@remix-run/node'
import type { RouteConfigEntry } from '@remix-run/route-config'
import routes from '~/routes'

/** A route of the site as requests see it: its id, its whole path, and its module. */
export type SiteRoute = { id: string; parentId: string | undefined; path: string | undefined; index: boolean; file: string; fullPath: string }

/** Every route of app/routes.ts, with its path from the root. */
export function siteRoutes(entries: readonly RouteConfigEntry[] = routes as RouteConfigEntry[], parentId = 'root', base = ''): SiteRoute[] {
  return entries.flatMap((entry) => {
    const id = entry.id ?? entry.file.replace(/\.[jt]sx?$/, '')
    const fullPath = [base, entry.path ?? ''].filter((part) => part !== '').join('/')
    return [{ id, parentId, path: entry.path, index: entry.index === true, file: entry.file, fullPath: `/${fullPath}` }, ...siteRoutes(entry.children ?? [], id, fullPath)]
  })
}

/** What Remix would have built, from the sources as they are: tests of the whole site need no build. */
export async function siteBuild(): Promise<ServerBuild> {
  const all: SiteRoute[] = [{ id: 'root', parentId: undefined, path: '', index: false, file: 'root.tsx', fullPath: '/' }, ...siteRoutes()]
  const modules = await Promise.all(all.map(async ({ file }) => (await import(/* @vite-ignore */ `../../../app/${file}`)) as Record<string, unknown>))
  const manifest = all.map(({ id, parentId, path, index }, at) => [id, {
    id, parentId, path, index, hasAction: modules[at]?.['action'] !== undefined, hasLoader: modules[at]?.['loader'] !== undefined,
    hasClientAction: false, hasClientLoader: false, hasErrorBoundary: modules[at]?.['ErrorBoundary'] !== undefined, module: `/assets/${String(at)}.js`, imports: [],
  }])
  return {
    entry: { module: await import('../../../app/entry.server') },
    routes: Object.fromEntries(all.map(({ id, parentId, path, index }, at) => [id, { id, parentId, path, index, module: modules[at] }])),
    assets: { entry: { module: '/assets/entry.js', imports: [] }, routes: Object.fromEntries(manifest), url: '/assets/manifest.js', version: 'test' },
    publicPath: '/', assetsBuildDirectory: 'build/client', basename: '/', mode: 'production', isSpaMode: false,
    future: { v3_fetcherPersist: true, v3_relativeSplatPath: true, v3_throwAbortReason: true, v3_routeConfig: true, v3_singleFetch: true, v3_lazyRouteDiscovery: true, unstable_optimizeDeps: true },
  } as unknown as ServerBuild
}
