import type { Role } from '~/domain/orgs/vocabulary'

/** Ids of one organisation, as they stand in addresses and forms. */
export type Names = Record<
  | 'leadId' | 'personId' | 'companyId' | 'mergeId' | 'activityId' | 'moveId' | 'sourceId' | 'deliveryId' | 'channelId' | 'campaignId' | 'productLineId' | 'importId' | 'formId' | 'submissionId'
  | 'memberId' | 'teamId' | 'invitationId' | 'keyId' | 'sessionId' | 'token' | 'mailId' | 'orgId' | 'sourceKey' | 'receipt', string>

/**
 * Who may use a door. `everyone` needs no account, `account` only a sign-in, a list names roles, a scope an API key.
 * `stranger` is what somebody with the right role hears about ids of another organisation: the status, or an answer
 * without anything in it. A door that names nothing has no `stranger`. `form` must be one the door accepts.
 */
export type Rule = {
  may: 'everyone' | 'account' | 'operator' | readonly Role[] | { scope: string }
  stranger?: 404 | 'sent back' | 'nothing'
  form?: (ids: Names) => Record<string, string>
  search?: (ids: Names) => Record<string, string>
  json?: (ids: Names) => object
  /** What it answers depends on more than the role: whose note it is, which mails there are. */
  depends?: true
}

const admin = ['admin'] as const
const leadership = ['admin', 'manager'] as const
const staff = ['admin', 'manager', 'marketer', 'rep'] as const
const sellers = ['admin', 'manager', 'rep'] as const
const campaigners = ['admin', 'marketer'] as const
const watchers = ['admin', 'manager', 'marketer'] as const
const none = () => ({})

/** Every door of the site. A route without a line here fails the architecture test. */
export const policy: Record<string, Rule> = {
  'GET /sign-in': { may: 'everyone' },
  'POST /sign-in': { may: 'everyone', form: () => ({ email: 'nobody@example.com', password: 'not the right one' }), depends: true },
  'GET /sign-in/code': { may: 'everyone', depends: true },
  'POST /sign-in/code': { may: 'everyone', form: () => ({ code: '000000' }), depends: true },
  'GET /forgot': { may: 'everyone' },
  'POST /forgot': { may: 'everyone', form: () => ({ email: 'nobody@example.com' }) },
  'GET /reset/:token': { may: 'everyone', depends: true },
  'POST /reset/:token': { may: 'everyone', form: () => ({ password: 'five clever owls at dawn' }), depends: true },
  'GET /invitations/:token': { may: 'everyone', depends: true },
  'POST /invitations/:token': { may: 'everyone', form: () => ({ name: 'X', password: 'five clever owls at dawn' }), depends: true },
  'GET /invitations/:token/membership': { may: 'everyone', depends: true },
  'POST /invitations/:token/membership': { may: 'everyone', form: none, depends: true },
  'GET /choose-organisation': { may: 'account' },
  'POST /choose-organisation': { may: 'account', stranger: 404, form: ({ orgId }) => ({ org: orgId }), depends: true },
  'GET /sign-out': { may: 'everyone', depends: true },
  'POST /sign-out': { may: 'everyone', form: none, depends: true },
  'POST /preferences': { may: 'everyone', form: () => ({ theme: 'dark' }), depends: true },
  'GET /preferences': { may: 'everyone', depends: true },
  'GET /dev/mailbox': { may: 'operator' },
  'GET /dev/mailbox/:mailId': { may: 'operator' },
  'GET /dev/gallery': { may: 'everyone', depends: true },
  'POST /dev/gallery': { may: 'everyone', form: none, depends: true },

  'GET /': { may: 'account' },
  'GET /*': { may: 'account', depends: true },
  'GET /queue': { may: staff, search: ({ leadId }) => ({ lead: leadId }), stranger: 'nothing' },
  'POST /queue/contacts': { may: sellers, search: ({ leadId }) => ({ lead: leadId }), stranger: 404, form: () => ({ kind: 'call', outcome: 'no_answer', note: 'x' }) },
  'POST /queue/notes': { may: sellers, search: ({ leadId }) => ({ lead: leadId }), stranger: 404, form: () => ({ note: 'x' }) },
  'POST /queue/rest': { may: sellers, search: ({ leadId }) => ({ lead: leadId }), stranger: 404, form: () => ({ until: '2099-01-01T09:00' }) },
  'POST /queue/verdict': { may: sellers, search: ({ leadId }) => ({ lead: leadId }), stranger: 404, form: () => ({ verdict: 'valid' }) },
  'POST /queue/activity-undoing': { may: sellers, search: ({ activityId }) => ({ activity: activityId }), stranger: 404, form: none, depends: true },
  'POST /queue/move-undoing': { may: sellers, search: ({ moveId }) => ({ move: moveId }), stranger: 404, form: none, depends: true },
  'GET /leads': { may: staff, search: ({ channelId }) => ({ channel: channelId }), stranger: 'nothing' },
  'GET /leads/new': { may: sellers },
  'POST /leads/new': { may: sellers, stranger: 404, form: ({ productLineId }) => ({ phone: '13800005555', productLineId }) },
  'POST /leads/:leadId/people': { may: sellers, stranger: 404, form: ({ personId }) => ({ personId, role: 'user' }) },
  'GET /leads/:leadId': { may: staff, stranger: 404 },
  'GET /queue/card': { may: staff, search: ({ leadId }) => ({ lead: leadId }), stranger: 'nothing' },
  'GET /people/:personId': { may: staff, stranger: 404 },
  'GET /companies/:companyId': { may: staff, stranger: 404 },
  'GET /merges': { may: sellers },
  'GET /merges/new': { may: sellers, stranger: 404, search: ({ personId }) => ({ kind: 'person', kept: personId }) },
  'POST /merges/new': { may: sellers, stranger: 404, form: ({ personId, mergeId }) => ({ kind: 'person', keptId: personId, goneId: mergeId.replace('mrg_', 'per_') }), depends: true },
  'GET /merges/:mergeId/split': { may: sellers, stranger: 404, depends: true },
  'POST /merges/:mergeId/split': { may: sellers, stranger: 404, form: () => ({ back: '/merges' }), depends: true },
  'POST /merges/differences': { may: sellers, stranger: 404, form: ({ personId, companyId }) => ({ leftId: personId, rightId: companyId }), depends: true },
  'GET /leads/search': { may: staff, search: () => ({ q: 'person' }) },
  'GET /leads/export': { may: staff, search: ({ sourceId }) => ({ source: sourceId }), stranger: 'nothing' },
  'POST /leads/:leadId/contacts': { may: sellers, stranger: 404, form: () => ({ kind: 'call', outcome: 'no_answer', note: 'x' }) },
  'POST /leads/:leadId/notes': { may: sellers, stranger: 404, form: () => ({ note: 'x' }) },
  'POST /leads/:leadId/checklist': { may: sellers, stranger: 404, form: () => ({ need: 'yes' }) },
  'POST /leads/:leadId/qualification': { may: sellers, stranger: 404, form: () => ({ need: 'yes' }) },
  'POST /leads/:leadId/stage': { may: sellers, stranger: 404, form: () => ({ to: 'qualified' }) },
  'POST /leads/:leadId/verdict': { may: sellers, stranger: 404, form: () => ({ verdict: 'valid' }) },
  'POST /leads/:leadId/rest': { may: sellers, stranger: 404, form: () => ({ until: '2099-01-01T09:00' }) },
  'POST /leads/:leadId/owner': { may: leadership, stranger: 404, form: () => ({}), depends: true },
  'POST /leads/:leadId/separation': { may: sellers, stranger: 404, form: ({ productLineId }) => ({ productLineId }) },
  'POST /leads/:leadId/people/:personId/role': { may: sellers, stranger: 404, form: () => ({ role: 'decision_maker' }) },
  'POST /activities/:activityId/undoing': { may: sellers, stranger: 404, form: none, depends: true },
  'POST /moves/:moveId/undoing': { may: sellers, stranger: 404, form: none, depends: true },

  'GET /partner': { may: ['partner', 'admin'] },
  'POST /partner': { may: ['partner', 'admin'], form: () => ({ company: 'Acme', name: 'Li', phone: '13800002222', email: '', message: '' }) },

  'GET /funnel': { may: staff },
  'GET /funnel/export': { may: staff },
  'GET /imports': { may: watchers },
  'POST /imports': { may: watchers, form: () => ({ kind: 'leads' }) },
  'GET /imports/:importId': { may: watchers, stranger: 404 },
  'POST /imports/:importId/mapping': { may: watchers, stranger: 404, form: () => ({ 'column[0]': 'name', 'field[0]': 'full_name' }) },
  'POST /imports/:importId/run': { may: watchers, stranger: 404, form: none },
  'GET /imports/:importId/result': { may: watchers, stranger: 404 },

  'GET /sources': { may: watchers },
  'GET /sources/new': { may: campaigners },
  'POST /sources/new': { may: campaigners, form: () => ({ connector: 'standard', name: 'Again', leadRule: 'always', defaultCountry: 'CN' }), depends: true },
  'GET /sources/:sourceId': { may: watchers, stranger: 404 },
  'GET /sources/:sourceId/arrivals': { may: watchers, stranger: 'nothing' },
  'POST /sources/:sourceId/settings': { may: campaigners, stranger: 404, form: () => ({ name: 'cnry_A source', leadRule: 'always', defaultCountry: 'CN' }) },
  'GET /sources/:sourceId/fields': { may: campaigners, stranger: 404 },
  'POST /sources/:sourceId/fields': { may: campaigners, stranger: 404, form: () => ({ 'rules[0].question': 'Firma', 'rules[0].field': 'company' }) },
  'POST /sources/:sourceId/keys': { may: campaigners, stranger: 404, form: none },
  'POST /sources/:sourceId/secret': { may: campaigners, stranger: 404, form: none },
  'POST /sources/:sourceId/status': { may: campaigners, stranger: 404, form: () => ({ status: 'active' }) },
  'POST /sources/:sourceId/test-delivery': { may: campaigners, stranger: 404, form: none },
  'GET /forms': { may: watchers },
  'GET /forms/new': { may: campaigners },
  'POST /forms/new': { may: campaigners, form: () => ({ name: 'Form of the matrix', language: 'en' }), depends: true },
  'GET /forms/:formId': { may: watchers, stranger: 404 },
  'GET /forms/:formId/preview': { may: watchers, stranger: 404 },
  'POST /forms/:formId/fields': { may: campaigners, stranger: 404, form: () => ({ 'title.en': 'cnry_A form', 'fields[0].key': 'email', 'fields[0].kind': 'email' }) },
  'POST /forms/:formId/consents': { may: campaigners, stranger: 404, form: () => ({ change: 'add' }) },
  'POST /forms/:formId/settings': { may: campaigners, stranger: 404, form: () => ({ name: 'cnry_A form', language: 'en' }) },
  'POST /forms/:formId/publication': { may: campaigners, stranger: 404, form: none },
  'POST /forms/:formId/archive': { may: campaigners, stranger: 404, form: () => ({ isArchived: 'false' }) },
  'POST /forms/submissions/:submissionId/release': { may: campaigners, stranger: 404, form: none },
  'POST /forms/submissions/:submissionId/discard': { may: campaigners, stranger: 404, form: none },
  'GET /f/:key': { may: 'everyone', depends: true },
  'GET /f/:key/thanks': { may: 'everyone', depends: true },
  'GET /f/:key/confirmation/:token': { may: 'everyone', depends: true },
  'POST /f/:key/confirmation/:token': { may: 'everyone', form: none, depends: true },
  'GET /deliveries': { may: watchers, search: ({ sourceId }) => ({ sourceId }), stranger: 'nothing' },
  'GET /deliveries/:deliveryId': { may: watchers, stranger: 404 },
  'GET /deliveries/replay': { may: campaigners, search: ({ sourceId }) => ({ sourceId }), stranger: 'nothing' },
  'POST /deliveries/replays': { may: campaigners, stranger: 404, form: ({ deliveryId }) => ({ deliveryId }) },
  'GET /channels': { may: staff },
  'POST /channels': { may: campaigners, form: () => ({ name: 'Trade fair', kind: 'event' }), depends: true },
  'POST /channels/:channelId/name': { may: campaigners, stranger: 404, form: () => ({ name: 'cnry_A channel two', kind: 'content' }) },
  'GET /channels/:channelId': { may: staff, stranger: 404 },
  'POST /channels/:channelId/campaigns': { may: campaigners, stranger: 404, form: () => ({ name: 'Campaign of the matrix' }), depends: true },
  'POST /campaigns/:campaignId/name': { may: campaigners, stranger: 404, form: () => ({ name: 'cnry_A campaign two' }) },
  'POST /campaigns/:campaignId/archive': { may: campaigners, stranger: 404, form: () => ({ archived: 'false' }) },
  'POST /channels/:channelId/archive': { may: campaigners, stranger: 404, form: () => ({ archived: 'false' }) },

  'GET /settings': { may: 'account' },
  'POST /settings': { may: 'account', form: () => ({ name: 'Somebody Else' }), depends: true },
  'GET /settings/security': { may: 'account' },
  'POST /settings/security': { may: 'account', form: () => ({ current: 'not it at all', password: 'five clever owls at dawn' }), depends: true },
  'GET /settings/security/two-factor-key': { may: 'account' },
  'POST /settings/security/two-factor-key': { may: 'account', form: () => ({ password: 'not it at all' }), depends: true },
  'GET /settings/security/two-factor': { may: 'account', depends: true },
  'POST /settings/security/two-factor': { may: 'account', form: () => ({ code: '123456' }), depends: true },
  'GET /settings/security/two-factor-removal': { may: 'account' },
  'POST /settings/security/two-factor-removal': { may: 'account', form: () => ({ password: 'not it at all' }), depends: true },
  'POST /settings/security/sessions/:sessionId/ending': { may: 'account', stranger: 'sent back', form: none, depends: true },
  'POST /settings/security/other-sessions/ending': { may: 'account', form: none, depends: true },
  'GET /settings/organisation': { may: leadership },
  'POST /settings/organisation': { may: admin, form: () => ({ name: 'cnry_A org', currency: 'CNY', timeZone: 'Asia/Shanghai', locale: 'en' }) },
  'GET /settings/members': { may: staff },
  'POST /settings/members': { may: admin, form: () => ({ email: 'invited-by-matrix@example.com', role: 'rep', teamId: '' }) },
  'GET /settings/teams': { may: staff },
  'POST /settings/teams': { may: admin, form: () => ({ name: 'Team of the matrix' }) },
  'GET /settings/visibility': { may: leadership },
  'POST /settings/visibility': { may: admin, form: () => ({ role: 'rep', resource: 'leads', scope: 'own' }) },
  'GET /settings/keys': { may: admin },
  'POST /settings/keys': { may: admin, form: () => ({ name: 'Key of the matrix', scopes: 'leads:read', days: '' }) },
  'POST /settings/members/:memberId/role': { may: admin, stranger: 'sent back', form: () => ({ role: 'rep' }) },
  'POST /settings/members/:memberId/team': { may: admin, stranger: 'sent back', form: ({ teamId }) => ({ teamId }) },
  'POST /settings/members/:memberId/deactivation': { may: admin, stranger: 'sent back', form: none },
  'POST /settings/members/:memberId/reactivation': { may: admin, stranger: 'sent back', form: none },
  'POST /settings/invitations/:invitationId/revocation': { may: admin, stranger: 'sent back', form: none },
  'POST /settings/teams/:teamId/name': { may: admin, stranger: 'sent back', form: () => ({ name: 'cnry_A team two' }) },
  'POST /settings/teams/:teamId/removal': { may: admin, stranger: 'sent back', form: none },
  'POST /settings/keys/:keyId/revocation': { may: admin, stranger: 'sent back', form: none },

  'GET /livez': { may: 'everyone' },
  'GET /readyz': { may: 'everyone', depends: true },
  'GET /healthz': { may: 'everyone', depends: true },
  'GET /metrics': { may: 'operator', depends: true },
  'POST /api/hooks/:connector/:sourceKey': { may: 'everyone', depends: true },
  'GET /api/hooks/:connector/:sourceKey': { may: 'everyone', depends: true },
  'GET /api/forms/:formKey': { may: 'everyone', depends: true },
  'POST /api/forms/:formKey': { may: 'everyone', form: none, depends: true },
  'GET /api/receipts/:receipt': { may: 'everyone', depends: true },
  'GET /api/live': { may: 'account', depends: true },
  'GET /api/v1/reports/funnel': { may: { scope: 'reports:read' } },
  'GET /api/v1/leads': { may: { scope: 'leads:read' }, search: ({ sourceId }) => ({ source: sourceId }), stranger: 'nothing' },
  'GET /api/v1/leads/{id}': { may: { scope: 'leads:read' }, stranger: 404 },
  'POST /api/v1/leads': { may: { scope: 'leads:write' }, stranger: 404, json: ({ sourceId }) => ({ external_id: 'matrix-1', full_name: 'Li', phone: '13800004444', source: sourceId }) },
  'POST /api/v1/leads/{id}/stage-moves': { may: { scope: 'leads:write' }, stranger: 404, json: () => ({ to: 'qualified' }) },
  'POST /api/v1/leads/{id}/contacts': { may: { scope: 'leads:write' }, stranger: 404, json: () => ({ kind: 'call', outcome: 'no_answer' }) },
}
