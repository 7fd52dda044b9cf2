import { index, layout, route, type RouteConfig } from '@remix-run/route-config'

// The table of contents of the site. The gallery is for development and tests only.
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
])

const settingsDoors = [
  route('settings/notifications/test', 'routes/app/settings.notifications-test.ts'),
  route('settings/robots/:robotId/settings', 'routes/app/settings.robot-settings.ts'), route('settings/robots/:robotId/test', 'routes/app/settings.robot-test.ts'),
  route('settings/robots/:robotId/state', 'routes/app/settings.robot-state.ts'), route('settings/robots/:robotId/removal', 'routes/app/settings.robot-removal.ts'),
  route('settings/targets/plan', 'routes/app/settings.target-plan.ts'),
  route('settings/pools/:poolId/rules', 'routes/app/settings.pool-rules.ts'),
  route('settings/pools/:poolId/people', 'routes/app/settings.pool-people.ts'),
  route('settings/pools/:poolId/removed-people', 'routes/app/settings.pool-removed-people.ts'),
  route('settings/pools/:poolId/archive', 'routes/app/settings.pool-archive.ts'),
  route('settings/security/sessions/:sessionId/ending', 'routes/app/settings.session-ending.ts'),
  route('settings/security/other-sessions/ending', 'routes/app/settings.other-sessions-ending.ts'),
  route('settings/hours/days', 'routes/app/settings.hours-days.ts'),
  route('settings/hours/days/removal', 'routes/app/settings.hours-day-removal.ts'),
  route('settings/hours/removal', 'routes/app/settings.hours-removal.ts'),
  route('settings/absences', 'routes/app/settings.absences.ts'),
  route('settings/absences/removal', 'routes/app/settings.absence-removal.ts'),
  route('settings/response-times/:policyId/position', 'routes/app/settings.response-time-position.ts'),
  route('settings/response-times/:policyId/archive', 'routes/app/settings.response-time-archive.ts'),
  route('settings/members/:memberId/role', 'routes/app/settings.member-role.ts'),
  route('settings/members/:memberId/team', 'routes/app/settings.member-team.ts'),
  route('settings/members/:memberId/deactivation', 'routes/app/settings.member-deactivation.ts'),
  route('settings/members/:memberId/reactivation', 'routes/app/settings.member-reactivation.ts'),
  route('settings/invitations/:invitationId/revocation', 'routes/app/settings.invitation-revocation.ts'),
  route('settings/teams/:teamId/name', 'routes/app/settings.team-name.ts'),
  route('settings/teams/:teamId/removal', 'routes/app/settings.team-removal.ts'),
  route('settings/outcomes/adoption', 'routes/app/settings.outcome-adoption.ts'),
  route('settings/outcomes/:dispositionId/place', 'routes/app/settings.outcome-place.ts'),
  route('settings/outcomes/:dispositionId/archive', 'routes/app/settings.outcome-archive.ts'),
  route('settings/calendar/ending', 'routes/app/settings.calendar-ending.ts'),
  route('settings/fields/:fieldId/labels', 'routes/app/settings.field-labels.ts'),
  route('settings/fields/:fieldId/archive', 'routes/app/settings.field-archive.ts'),
  route('settings/keys/:keyId/revocation', 'routes/app/settings.key-revocation.ts'),
]

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
  route('tasks', 'routes/app/tasks/route.tsx'),
  route('pool', 'routes/app/pool/route.tsx'),
  route('pool/lost', 'routes/app/pool.lost.tsx'),
  route('assignment', 'routes/app/assignment/route.tsx'),
  route('assignment/simulator', 'routes/app/assignment.simulator/route.tsx'),
  route('people/:personId', 'routes/app/people.detail/route.tsx'),
  route('companies/:companyId', 'routes/app/companies.detail/route.tsx'),
  route('merges', 'routes/app/merges/route.tsx'),
  route('merges/new', 'routes/app/merges.new/route.tsx'),
  route('merges/:mergeId/split', 'routes/app/merges.split/route.tsx'),
  route('partner', 'routes/partner/portal.tsx'),
  settings,
  route('funnel', 'routes/app/funnel/route.tsx'),
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

// The queue's doors have one path for all leads: a path with an id in it is asked for at the server before it is used.
const queueDoors = [
  route('queue/card', 'routes/app/leads.card.ts'),
  route('queue/rows', 'routes/app/queue.rows.ts'),
  route('queue/calls', 'routes/app/leads.calls.ts'),
  route('queue/call-endings', 'routes/app/leads.call-endings.ts'),
  route('queue/contacts', 'routes/app/leads.contacts.ts', { id: 'queue-contacts' }),
  route('queue/notes', 'routes/app/leads.notes.ts', { id: 'queue-notes' }),
  route('queue/rest', 'routes/app/leads.rest.ts', { id: 'queue-rest' }),
  route('queue/owner', 'routes/app/leads.owner.ts', { id: 'queue-owner' }),
  route('queue/return', 'routes/app/queue.return.ts'),
  route('queue/verdict', 'routes/app/leads.verdict.ts', { id: 'queue-verdict' }),
  route('queue/activity-undoing', 'routes/app/leads.activity-undoing.ts', { id: 'queue-activity-undoing' }),
  route('queue/move-undoing', 'routes/app/leads.move-undoing.ts', { id: 'queue-move-undoing' }),
]

const leadDoors = [
  route('leads/export', 'routes/app/leads.export.ts'),
  route('leads/search', 'routes/app/leads.search.ts'),
  route('leads/count', 'routes/app/leads.count.ts'),
  route('leads/column', 'routes/app/leads.column.ts'),
  route('leads/bulk/:bulkId/cancellation', 'routes/app/leads.bulk-cancellation.ts'),
  route('leads/bulk/:bulkId/undoing', 'routes/app/leads.bulk-undoing.ts'),
  route('leads/:leadId/edit', 'routes/app/leads.edit.ts'),
  route('views', 'routes/app/views.ts'),
  route('views/:viewId/search', 'routes/app/views.search.ts'),
  route('views/:viewId/name', 'routes/app/views.name.ts'),
  route('views/:viewId/removal', 'routes/app/views.removal.ts'),
  route('views/:viewId/restoration', 'routes/app/views.restoration.ts'),
  route('views/:viewId/pin', 'routes/app/views.pin.ts'),
  route('views/:viewId/default', 'routes/app/views.default.ts'),
  route('search', 'routes/app/search/route.tsx'),
  route('search/records', 'routes/app/search.records.ts'),
  route('merges/differences', 'routes/app/merges.differences.ts'),
  route('leads/:leadId/contacts', 'routes/app/leads.contacts.ts'),
  route('leads/:leadId/notes', 'routes/app/leads.notes.ts'),
  route('leads/:leadId/checklist', 'routes/app/leads.checklist.ts'),
  route('leads/:leadId/qualification', 'routes/app/leads.qualification.ts'),
  route('leads/:leadId/stage', 'routes/app/leads.stage.ts'),
  route('leads/:leadId/verdict', 'routes/app/leads.verdict.ts'),
  route('leads/:leadId/rest', 'routes/app/leads.rest.ts'),
  route('leads/:leadId/owner', 'routes/app/leads.owner.ts'),
  route('leads/:leadId/return', 'routes/app/leads.return.ts'),
  route('leads/:leadId/pool-assignment', 'routes/app/leads.pool-assignment.ts'),
  route('leads/:leadId/separation', 'routes/app/leads.separation.ts'),
  route('leads/:leadId/people', 'routes/app/leads.people.ts'),
  route('leads/:leadId/people/:personId/role', 'routes/app/leads.role.ts'),
  route('activities/:activityId/undoing', 'routes/app/leads.activity-undoing.ts'),
  route('moves/:moveId/undoing', 'routes/app/leads.move-undoing.ts'),
]

const taskDoors = [
  route('tasks/:taskId/completion', 'routes/app/tasks.completion.ts'),
  route('tasks/:taskId/reopening', 'routes/app/tasks.reopening.ts'),
  route('tasks/:taskId/cancellation', 'routes/app/tasks.cancellation.ts'),
  route('tasks/:taskId/time', 'routes/app/tasks.time.ts'),
  route('contacts/reveal', 'routes/app/contacts.reveal.ts'),
  route('leads/clash', 'routes/app/leads.clash.ts'),
  route('photos/:photoId', 'routes/app/leads.photo.ts'),
]

const assignmentDoors = [
  route('assignment/rules', 'routes/app/assignment.rules.ts'),
  route('assignment/rules/:ruleKey/removal', 'routes/app/assignment.rule-removal.ts'),
  route('assignment/rules/:ruleKey/position', 'routes/app/assignment.rule-position.ts'),
  route('assignment/named-accounts', 'routes/app/assignment.named-accounts.ts'),
  route('assignment/first-owners', 'routes/app/assignment.first-owners.ts'),
  route('assignment/draft-removal', 'routes/app/assignment.draft-removal.ts'),
  route('assignment/publication', 'routes/app/assignment.publication.ts'),
  route('assignment/members/:memberId/terms', 'routes/app/assignment.member-terms.ts'),
]

const captureDoors = [
  route('sources/:sourceId/arrivals', 'routes/app/sources.arrivals.ts'),
  route('sources/:sourceId/settings', 'routes/app/sources.settings.ts'),
  route('sources/:sourceId/keys', 'routes/app/sources.keys.ts'),
  route('sources/:sourceId/secret', 'routes/app/sources.secret.ts'),
  route('sources/:sourceId/status', 'routes/app/sources.status.ts'),
  route('sources/:sourceId/test-delivery', 'routes/app/sources.test-delivery.ts'),
  route('sources/:sourceId/retries', 'routes/app/sources.retries.ts'),
  route('sources/:sourceId/pulls', 'routes/app/sources.pulls.ts'),
  route('sources/:sourceId/reconciliations', 'routes/app/sources.reconciliations.ts'),
  route('sources/:sourceId/dismissals', 'routes/app/sources.dismissals.ts'),
  route('deliveries/replays', 'routes/app/deliveries.replays.ts'),
  route('channels/:channelId/name', 'routes/app/channels.name.ts'),
  route('channels/:channelId/archive', 'routes/app/channels.archive.ts'),
  route('channels/:channelId/campaigns', 'routes/app/channels.campaigns.ts'),
  route('campaigns/:campaignId/name', 'routes/app/campaigns.name.ts'),
  route('campaigns/:campaignId/archive', 'routes/app/campaigns.archive.ts'),
]

const formDoors = [
  route('forms/:formId/fields', 'routes/app/forms.fields.ts'),
  route('forms/:formId/consents', 'routes/app/forms.consents.ts'),
  route('forms/:formId/settings', 'routes/app/forms.settings.ts'),
  route('forms/:formId/publication', 'routes/app/forms.publication.ts'),
  route('forms/:formId/archive', 'routes/app/forms.archive.ts'),
  route('forms/:formId/preview', 'routes/app/forms.preview.ts'),
  route('forms/submissions/:submissionId/release', 'routes/app/forms.release.ts'),
  route('forms/submissions/:submissionId/discard', 'routes/app/forms.discard.ts'),
]

/** What strangers see of a form: pages of their own, without a script and without the workspace around them. */
const hostedForms = [
  route('f/:key', 'routes/site/form.page.ts'),
  route('f/:key/thanks', 'routes/site/form.thanks.ts'),
  route('f/:key/confirmation/:token', 'routes/site/form.confirmation.ts'),
]

const reportDoors = [
  route('funnel/export', 'routes/app/funnel.export.ts'),
  route('imports/:importId/mapping', 'routes/app/imports.mapping.ts'),
  route('imports/:importId/run', 'routes/app/imports.run.ts'),
  route('imports/:importId/result', 'routes/app/imports.result.ts'),
  route('imports/:importId/pause', 'routes/app/imports.pause.ts'),
  route('imports/:importId/reversal', 'routes/app/imports.reversal.ts'),
]

/** Forms and data without a page of their own. */
const doors = [
  route('notifications/news', 'routes/app/notifications.news.ts'),
  route('notifications/read', 'routes/app/notifications.read.ts'), route('notifications/unread', 'routes/app/notifications.unread.ts'),
  route('preferences', 'routes/preferences.ts'),
  route('invitations/:token/membership', 'routes/auth/invitation.membership.ts'),
]

export default [
  accounts, workspace, ...hostedForms, ...formDoors, ...captureDoors, mailbox, ...queueDoors, ...leadDoors, ...taskDoors, ...settingsDoors,
  ...reportDoors, ...doors, ...gallery, ...assignmentDoors,
] satisfies RouteConfig
