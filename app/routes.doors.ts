import { route } from '@remix-run/route-config'

// Forms and data without a page of their own; the pages stand in `routes.ts`.
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
  route('settings/mail/preview', 'routes/app/settings.mail-preview.ts'),
  route('settings/mail/adoption', 'routes/app/settings.mail-adoption.ts'),
  route('settings/mail/:templateId/archive', 'routes/app/settings.mail-archive.ts'),
  route('settings/keys/:keyId/revocation', 'routes/app/settings.key-revocation.ts'),
]

// The queue's doors have one path for all leads: a path with an id in it is asked for at the server before it is used.
const queueDoors = [
  route('queue/card', 'routes/app/leads.card.ts'),
  route('queue/rows', 'routes/app/queue.rows.ts'),
  route('queue/calls', 'routes/app/leads.calls.ts'),
  route('queue/call-endings', 'routes/app/leads.call-endings.ts'),
  route('queue/contacts', 'routes/app/leads.contacts.ts', { id: 'queue-contacts' }),
  route('queue/notes', 'routes/app/leads.notes.ts', { id: 'queue-notes' }),
  route('queue/mails', 'routes/app/leads.mails.ts', { id: 'queue-mails' }),
  route('queue/mail-draft', 'routes/app/leads.mail-draft.ts', { id: 'queue-mail-draft' }),
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
  route('leads/:leadId/cell', 'routes/app/leads.cell.ts'),
  route('leads/:leadId/cell-ending', 'routes/app/leads.cell-ending.ts'),
  route('people/:personId/profiling', 'routes/app/people.profiling.ts'),
  route('leads/:leadId/contacts', 'routes/app/leads.contacts.ts'),
  route('leads/:leadId/notes', 'routes/app/leads.notes.ts'),
  route('leads/:leadId/mails', 'routes/app/leads.mails.ts'),
  route('leads/:leadId/mail-draft', 'routes/app/leads.mail-draft.ts'),
  route('mails/:sentMailId/cancellation', 'routes/app/mails.cancellation.ts'),
  route('people/:personId/mail-stops', 'routes/app/people.mail-stops.ts'),
  route('people/:personId/mail-lifts', 'routes/app/people.mail-lifts.ts'),
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

const reportDoors = [
  route('forecast/export', 'routes/app/forecast.export.ts'),
  route('leads/:leadId/grade-suggestion', 'routes/app/leads.grade-suggestion.ts'),
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

const scoringDoors = [
  route('scoring/:cardId/terms', 'routes/app/scoring.terms.ts'),
  route('scoring/:cardId/preview', 'routes/app/scoring.preview.ts'),
  route('scoring/:cardId/lines/:lineKey/removal', 'routes/app/scoring.line-removal.ts'),
  route('scoring/:cardId/backtests', 'routes/app/scoring.backtests.ts'),
  route('scoring/:cardId/publication', 'routes/app/scoring.publication.ts'),
  route('scoring/:cardId/removal', 'routes/app/scoring.removal.ts'),
  route('scoring/:cardId/restoration', 'routes/app/scoring.restoration.ts'),
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

/** All doors, those of one subject together. */
export const allDoors = [...formDoors, ...captureDoors, ...queueDoors, ...leadDoors, ...taskDoors, ...settingsDoors, ...reportDoors, ...assignmentDoors, ...scoringDoors, ...doors]
