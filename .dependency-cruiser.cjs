// Who may import what: the table of architecture, and nothing else. A rule lists what a folder MAY reach of ours.
const DOOR = '^app/domain/[^/]+/(?:index|contract|vocabulary)\\.ts$'
const VOCABULARY = '^app/domain/[^/]+/vocabulary\\.ts$'
const CONTRACT = '^app/domain/[^/]+/contract\\.ts$'
const OURS = '^(?:app|db|jobs|tests)/'

// Lower tiers come first; a module imports its own tier and those below. Vocabularies are open to all.
const TIERS = [
  ['kernel'],
  ['auth', 'orgs'],
  ['channels', 'people'],
  ['leads'],
  ['capture', 'merging', 'views', 'scoring', 'assignment', 'sla', 'tasks', 'spend', 'content', 'events', 'partners', 'referrals', 'rewards'],
  ['outreach', 'notifications', 'search'],
  ['analytics', 'privacy', 'audit', 'operations'],
]
const MODULES = TIERS.flat()

const only = (name, from, may, comment, more = {}) => ({
  name, comment, severity: 'error',
  from: { path: from, ...more.from },
  to: { path: OURS, pathNot: may, ...more.to },
})
const package_ = (name, home) => ({
  name: `${name.replace(/\W/g, '-')}-at-home`, severity: 'error', comment: `${name} belongs to ${home}`,
  from: { pathNot: home }, to: { path: `^node_modules/${name}/` },
})
const without = (name, from, packages) => ({
  name: `${name}-without`, severity: 'error', comment: `${from} must not need ${packages}`,
  from: { path: from }, to: { path: `^node_modules/(?:${packages})(?:/|$)`, dependencyTypesNot: ['type-only'] },
})
const HONO = '^(?:app/(?:server\\.ts$|api/|http/)|jobs/board\\.ts$)'
const FRAMEWORK = '@remix-run/(?:react|node|serve)|react|react-dom|react-aria-components|bullmq|nodemailer'

const layers = TIERS.slice(0, -1).map((tier, index) => ({
  name: `layer-${tier[0]}`, severity: 'error', comment: 'a lower module never imports a higher one; it emits',
  from: { path: `^app/domain/(?:${tier.join('|')})/` },
  to: { path: `^app/domain/(?:${TIERS.slice(index + 1).flat().join('|')})/`, pathNot: VOCABULARY },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^virtual:' } },
    { name: 'nothing-imports-tests', severity: 'error', from: { pathNot: '^tests/' }, to: { path: '^tests/' } },
    { name: 'no-tools-in-the-product', severity: 'error', from: {}, to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] } },

    only('lib-is-pure', '^app/lib/', '^app/lib/', 'lib imports nothing of ours'),
    only('i18n-and-platform', '^app/(i18n|platform)/', ['^app/lib/', '^app/$1/'], 'lib, and themselves'),
    only('db', '^db/', ['^db/', '^app/platform/', '^app/lib/', VOCABULARY], 'platform, lib, vocabularies', { from: { pathNot: '^db/seeds/' } }),
    only('seeds', '^db/seeds/', ['^db/', '^app/(?:platform|lib)/', DOOR], 'told worlds speak through the verbs, as people do'),
    { name: 'seeds-alone', severity: 'error', comment: 'nothing but seeds and the command line reaches seeds', from: { pathNot: '^(?:db/seeds|app/cli)/' }, to: { path: '^db/seeds/' } },
    only('vocabulary', VOCABULARY, ['^app/lib/', VOCABULARY], 'lib, vocabularies'),
    only('contract', CONTRACT, ['^app/lib/', VOCABULARY, CONTRACT], 'zod, lib, vocabularies, contracts'),
    only('domain', '^app/domain/([^/]+)/', ['^app/domain/$1/', DOOR, '^db/', '^app/(?:platform|i18n|lib)/'], 'own files, doors, db, platform, i18n, lib'),
    only('ui', '^app/ui/', ['^app/(?:ui|i18n|lib)/', VOCABULARY, CONTRACT], 'ui, i18n, lib, vocabularies, types of contracts'),
    { name: 'ui-contract-types', severity: 'error', comment: 'of contracts ui takes types only: zod stays out of pages', from: { path: '^app/ui/' }, to: { path: CONTRACT, dependencyTypesNot: ['type-only'] } },
    only('http', '^app/http/', ['^app/(?:http|platform|i18n|lib)/', DOOR], 'domain doors, platform, i18n, lib'),
    only('routes', '^app/routes/(.+)/[^/]+$', ['^app/routes/$1/', '^app/(?:http|ui|i18n|lib)/', DOOR], 'http, domain doors, ui, i18n, lib, parts of the same page'),
    only('api', '^app/api/', ['^app/(?:api|http|i18n|lib)/', DOOR], 'http, domain doors, i18n, lib'),
    only('jobs', '^jobs/', ['^jobs/', '^app/(?:platform|lib)/', DOOR, '^db/client\\.server\\.ts$'], 'domain doors, platform, lib, db/client'),
    only('entries', '^app/(?:server|root|entry\\.[^/]+|routes)\\.tsx?$', ['^app/(?:api|http|platform|i18n|lib|ui)/', '^jobs/board\\.ts$', '^app/[^/]+$'], 'api, http, platform, i18n, lib, jobs/board, ui'),
    only('cli', '^app/cli/', ['^app/(?:cli|platform|lib)/', DOOR, '^db/', '^app/server\\.ts$'], 'domain doors, platform, db, lib'),
    { name: 'board', severity: 'error', comment: 'only server.ts may import the queue board', from: { pathNot: ['^app/server\\.ts$', '^jobs/'] }, to: { path: '^jobs/' } },
    { name: 'known-modules', severity: 'error', comment: 'a new domain module gets its place in TIERS', from: { path: '^app/domain/', pathNot: `^app/domain/(?:${MODULES.join('|')})/` }, to: {} },
    ...layers,

    package_('bullmq', '^(?:jobs/|db/(?:migrate|queue-schema)\\.ts$)'),
    package_('postgres', '^db/'),
    package_('drizzle-orm', '^(?:db|app/domain)/'),
    package_('hono', HONO),
    package_('@hono', HONO),
    package_('nodemailer', '^app/platform/mail'),
    package_('recharts', '^app/ui/charts'),
    package_('react-aria-components', '^app/ui/'),
    package_('@bull-board', '^jobs/board\\.ts$'),
    without('domain', '^app/domain/', FRAMEWORK),
    without('plain', '^(?:app/(?:lib|platform)|db|jobs)/', `(?!bullmq|nodemailer)(?:${FRAMEWORK})`),
    without('vocabulary', VOCABULARY, 'zod'),
    without('ui', '^app/ui/', 'zod'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.(?:css|svg|png|woff2?)(?:\\?|$)' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], mainFields: ['module', 'main', 'types'] },
    skipAnalysisNotInRules: true,
  },
}
