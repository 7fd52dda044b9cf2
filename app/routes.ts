import { index, layout, route, type RouteConfig } from '@remix-run/route-config'
import { allDoors } from './routes.doors'

// The table of contents of the site; `routes.doors.ts` has what is posted to. The gallery is for development and tests only.
const withGallery = process.env['NODE_ENV'] !== 'production' || process.env['CLEW_GALLERY'] === '1'
const gallery = withGallery ? [route('dev/gallery', 'routes/dev/gallery/route.tsx')] : []

const accounts = layout('routes/auth/frame/route.tsx', [
  route('sign-in', 'routes/auth/sign-in.tsx'),
  route('sign-in/code', 'routes/auth/sign-in.code.tsx'),
  route('forgot', 'routes/auth/forgot.tsx'),
  route('reset/:token', 'routes/auth/reset.tsx'),
  route('invitations/:token', 'routes/auth/invitation.tsx'),
  route('choose-organisation', 'routes/auth/choose-organisation.tsx'),
  route('sign-out', 'routes/auth/sign-out.tsx'),
])

const settings = route('settings', 'routes/app/settings.tsx', [
  index('routes/app/settings.profile.tsx'),
  route('security', 'routes/app/settings.security/route.tsx'),
  route('security/two-factor-key', 'routes/app/settings.two-factor-key.tsx'),
  route('security/two-factor', 'routes/app/settings.two-factor.tsx'),
  route('security/two-factor-removal', 'routes/app/settings.two-factor-removal.tsx'),
  route('shortcuts', 'routes/app/settings.shortcuts.tsx'),
  route('notifications', 'routes/app/settings.notifications/route.tsx'),
  route('robots', 'routes/app/settings.robots/route.tsx'),
  route('targets', 'routes/app/settings.targets/route.tsx'),
  route('organisation', 'routes/app/settings.organisation.tsx'),
  route('hours', 'routes/app/settings.hours/route.tsx'),
  route('response-times', 'routes/app/settings.response-times/route.tsx'),
  route('response-times/new', 'routes/app/settings.response-times.new.tsx'),
  route('response-times/:policyId', 'routes/app/settings.response-times.detail.tsx'),
  route('members', 'routes/app/settings.members/route.tsx'),
  route('members/:memberId/handover', 'routes/app/settings.handover/route.tsx'),
  route('pools', 'routes/app/settings.pools/route.tsx'),
  route('teams', 'routes/app/settings.teams.tsx'),
  route('visibility', 'routes/app/settings.visibility.tsx'),
  route('keys', 'routes/app/settings.keys/route.tsx'),
  route('outcomes', 'routes/app/settings.outcomes/route.tsx'),
  route('contacts', 'routes/app/settings.contacts.tsx'),
  route('calendar', 'routes/app/settings.calendar.tsx'),
  route('fields', 'routes/app/settings.fields/route.tsx'),
  route('mail', 'routes/app/settings.mail/route.tsx'),
])

/** Kept mails of an installation without SMTP; the loaders answer 404 in production. */
const mailbox = route('dev/mailbox', 'routes/dev/mailbox.tsx', [route(':mailId', 'routes/dev/mailbox.mail.tsx')])

const workspace = layout('routes/app/workspace.tsx', [
  index('routes/app/home.tsx'),
  route('queue', 'routes/app/queue/route.tsx'),
  route('leads', 'routes/app/leads/route.tsx'),
  route('leads/new', 'routes/app/leads.new/route.tsx'),
  route('leads/bulk', 'routes/app/leads.bulk/route.tsx'),
  route('leads/bulk/:bulkId', 'routes/app/leads.bulk.detail/route.tsx'),
  route('leads/:leadId', 'routes/app/leads.detail/route.tsx'),
  route('leads/:leadId/explanation', 'routes/app/leads.explanation.tsx'),
  route('mails/:sentMailId', 'routes/app/mails.detail.tsx'),
  route('tasks', 'routes/app/tasks/route.tsx'),
  route('pool', 'routes/app/pool/route.tsx'),
  route('pool/lost', 'routes/app/pool.lost.tsx'),
  route('assignment', 'routes/app/assignment/route.tsx'),
  route('assignment/simulator', 'routes/app/assignment.simulator/route.tsx'),
  route('scoring', 'routes/app/scoring/route.tsx'),
  route('scoring/learning', 'routes/app/scoring.learning/route.tsx'),
  route('scoring/:cardId', 'routes/app/scoring.detail/route.tsx'),
  route('scoring/:cardId/report', 'routes/app/scoring.report/route.tsx'),
  route('people/:personId', 'routes/app/people.detail/route.tsx'),
  route('companies/:companyId', 'routes/app/companies.detail/route.tsx'),
  route('merges', 'routes/app/merges/route.tsx'),
  route('merges/new', 'routes/app/merges.new/route.tsx'),
  route('merges/:mergeId/split', 'routes/app/merges.split/route.tsx'),
  route('partner', 'routes/partner/portal.tsx'),
  settings,
  route('funnel', 'routes/app/funnel/route.tsx'),
  route('forecast', 'routes/app/forecast/route.tsx'),
  route('forecast/leads', 'routes/app/forecast.leads.tsx'),
  route('speed-to-lead', 'routes/app/speed-to-lead/route.tsx'),
  route('reports/daily', 'routes/app/reports.daily/route.tsx'), route('reports/daily/contacts', 'routes/app/reports.daily-contacts.tsx'),
  route('notifications', 'routes/app/notifications/route.tsx'),
  route('imports', 'routes/app/imports/route.tsx'),
  route('imports/:importId', 'routes/app/imports.detail/route.tsx'),
  route('sources', 'routes/app/sources/route.tsx'),
  route('sources/new', 'routes/app/sources.new/route.tsx'),
  route('sources/:sourceId', 'routes/app/sources.detail/route.tsx'),
  route('forms', 'routes/app/forms/route.tsx'),
  route('forms/new', 'routes/app/forms.new/route.tsx'),
  route('forms/:formId', 'routes/app/forms.detail/route.tsx'),
  route('sources/:sourceId/fields', 'routes/app/sources.fields/route.tsx'),
  route('deliveries/replay', 'routes/app/deliveries.replay.tsx'),
  route('deliveries', 'routes/app/deliveries/route.tsx'),
  route('deliveries/:deliveryId', 'routes/app/deliveries.detail/route.tsx'),
  route('channels', 'routes/app/channels/route.tsx'),
  route('channels/:channelId', 'routes/app/channels.detail/route.tsx'),
  route('*', 'routes/app/not-found.tsx'),
])

/** What strangers see of a form, or of a mail they want no more of: pages of their own, without a script and without the workspace around them. */
const hostedForms = [
  route('f/:key', 'routes/site/form.page.ts'),
  route('f/:key/thanks', 'routes/site/form.thanks.ts'),
  route('f/:key/confirmation/:token', 'routes/site/form.confirmation.ts'),
  route('u/:token', 'routes/site/unsubscribe.ts'),
  route('u/:token/return', 'routes/site/unsubscribe.return.ts'),
]

export default [accounts, workspace, ...hostedForms, mailbox, ...allDoors, ...gallery] satisfies RouteConfig
