import { Form, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type * as z from 'zod'
import { can } from '~/domain/kernel'
import { createTeam, listTeams } from '~/domain/orgs'
import { TeamName } from '~/domain/orgs/contract'
import { page, submit } from '~/http'
import { InputField } from '~/ui/forms/fields'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { useSaid } from '~/ui/forms/use-said'
import { useAccountWords } from '~/ui/forms/use-account-words'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { Button } from '~/ui/primitives/button'
import { EmptyState } from '~/ui/primitives/empty-state'

export const handle: PageHandle = { title: 'teams' }

export const loader = page({ permission: 'members:read' }, async ({ ctx }) => ({ teams: await listTeams(ctx, {}), mayChange: can(ctx.actor, 'members:write') }))

export const action = submit({ permission: 'members:write', form: TeamName }, async ({ ctx, input }) => createTeam(ctx, input))

export default function TeamsPage() {
  const { t } = useTranslation('orgs')
  const { teams, mayChange } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const say = useAccountWords()
  const refused = search.get('refused')
  return (
    <>
      <PageHeader title={teams.length === 0 ? t('teams.title_zero') : t('teams.title', { count: teams.length })} />
      <PageBody narrow>
        {refused !== null && <p role="alert" className="form-alert mb-4">{refused === 'conflict' ? t('teams.inUse') : say(refused, null, {})}</p>}
        {mayChange && (
          <PageSection title={t('teams.create')}>
            <NewTeam />
          </PageSection>
        )}
        {teams.length === 0 ? (
          <EmptyState kind="empty" title={t('teams.title_zero')}>{t('teams.empty')}</EmptyState>
        ) : (
          <ul className="mt-4 border-t border-line">
            {teams.map((team) => <TeamRow key={team.id} team={team} mayChange={mayChange} />)}
          </ul>
        )}
      </PageBody>
    </>
  )
}

function NewTeam() {
  const { t } = useTranslation('orgs')
  const answer = useActionData<typeof action>()
  const [form, fields] = useActionForm<z.input<typeof TeamName>>({ id: 'team', result: useSaid(answer?.done === undefined ? answer : undefined, useAccountWords()) })
  return (
    <ActionForm key={answer?.done?.teamId} form={form} className="flex flex-wrap items-start gap-3">
      <InputField field={fields.name} label={t('teams.name')} className="min-w-0 grow basis-56" />
      <div className="pt-6">
        <SubmitButton>{t('teams.create')}</SubmitButton>
      </div>
    </ActionForm>
  )
}

function TeamRow({ team, mayChange }: { team: { id: string; name: string; activeMembers: number }; mayChange: boolean }) {
  const { t } = useTranslation('orgs')
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-3 border-b border-line py-2">
      {mayChange ? (
        <Form method="post" action={`/settings/teams/${team.id}/name`} className="flex min-w-0 grow basis-64 gap-2">
          <input name="name" defaultValue={team.name} aria-label={t('teams.name')} className="input" />
          <Button type="submit">{t('teams.rename')}</Button>
        </Form>
      ) : (
        <span className="min-w-0 grow text-13 font-medium">{team.name}</span>
      )}
      <span className="text-12 text-muted tn">{t('teams.members', { count: team.activeMembers })}</span>
      {mayChange && (
        <Form method="post" action={`/settings/teams/${team.id}/removal`}>
          <Button type="submit" variant="danger">{t('teams.remove')}</Button>
        </Form>
      )}
    </li>
  )
}
