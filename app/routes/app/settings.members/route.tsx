import { useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { can } from '~/domain/kernel'
import { inviteMember, listInvitations, listMembers, listTeams } from '~/domain/orgs'
import { InviteMember } from '~/domain/orgs/contract'
import { page, submit } from '~/http'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { useAccountWords } from '~/ui/forms/use-account-words'
import { InvitationList } from './invitation-list'
import { InviteForm } from './invite-form'
import { MemberRow } from './member-row'

export const handle: PageHandle = { title: 'members' }

export const loader = page({ permission: 'members:read' }, async ({ ctx, viewer }) => {
  const mayChange = can(ctx.actor, 'members:write')
  const [members, teams] = [await listMembers(ctx, {}), await listTeams(ctx, {})]
  const invitations = mayChange ? await listInvitations(ctx, {}) : []
  return { members, teams, invitations, mayChange, me: viewer.memberId, org: viewer.org.name }
})

export const action = submit({ permission: 'members:write', form: InviteMember }, async ({ ctx, input }) => {
  await inviteMember(ctx, input)
  return { email: input.email }
})

export default function MembersPage() {
  const { t } = useTranslation('orgs')
  const { members, teams, invitations, mayChange, me, org } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const say = useAccountWords()
  const refused = search.get('refused')
  const active = members.filter(({ status }) => status === 'active').length
  return (
    <>
      <PageHeader title={t('members.title', { count: active, org })} />
      <PageBody narrow>
        {refused !== null && <p role="alert" className="form-alert mb-4">{say(refused, null, {})}</p>}
        {mayChange && (
          <PageSection title={t('members.inviteTitle')}>
            <InviteForm teams={teams} />
          </PageSection>
        )}
        {mayChange && invitations.length > 0 && (
          <PageSection title={t('members.invitations')}>
            <InvitationList invitations={invitations} />
          </PageSection>
        )}
        <PageSection title={t('settings.members')}>
          <ul className="border-t border-line">
            {members.map((member) => <MemberRow key={member.id} member={member} teams={teams} mayChange={mayChange} isMe={member.id === me} />)}
          </ul>
        </PageSection>
      </PageBody>
    </>
  )
}
