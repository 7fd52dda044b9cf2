import { Form, Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { roles, type MemberStatus, type Role } from '~/domain/orgs/vocabulary'
import { Avatar } from '~/ui/primitives/avatar'
import { Button } from '~/ui/primitives/button'
import { Chip } from '~/ui/primitives/chip'
import { useFormat } from '~/ui/use-format'

type ShownMember = { id: string; name: string; email: string; role: Role; teamId: string | null; teamName: string | null; status: MemberStatus; createdAt: Date }
type Team = { id: string; name: string }

/** One member; what an administrator may change unfolds below, without a script too. */
export function MemberRow({ member, teams, mayChange, isMe }: { member: ShownMember; teams: readonly Team[]; mayChange: boolean; isMe: boolean }) {
  const { t } = useTranslation('orgs')
  const format = useFormat()
  const summary = (
    <span className="flex min-h-14 w-full min-w-0 items-center gap-3 py-2">
      <Avatar name={member.name} large />
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-center gap-2 text-13 font-medium">
          {member.name}
          {isMe && <Chip>{t('members.you')}</Chip>}
          {member.status === 'deactivated' && <Chip tone="lost">{t('members.deactivated')}</Chip>}
        </span>
        <span className="block truncate text-12 text-muted">{member.email}</span>
      </span>
      <span className="text-right text-12 text-muted">
        <span className="block text-13 text-text-2">{t(`role.${member.role}`)}</span>
        <span className="block tn">{member.teamName ?? format.date(member.createdAt)}</span>
      </span>
    </span>
  )
  if (!mayChange) return <li className="border-b border-line">{summary}</li>
  return (
    <li className="border-b border-line">
      <details>
        <summary className="flex cursor-pointer items-center gap-3 hover:bg-hover">
          {summary}
          <span className="btn btn-s btn-quiet shrink-0">{t('members.edit')}</span>
        </summary>
        <MemberChanges member={member} teams={teams} />
      </details>
    </li>
  )
}

function MemberChanges({ member, teams }: { member: ShownMember; teams: readonly Team[] }) {
  const { t } = useTranslation('orgs')
  const at = (noun: string) => `/settings/members/${member.id}/${noun}`
  const active = member.status === 'active'
  return (
    <div className="flex flex-wrap items-end gap-4 pb-4 pl-11">
      <Form method="post" action={at('role')} className="flex items-end gap-2">
        <label className="field">
          <span className="field-label">{t('members.role')}</span>
          <select name="role" defaultValue={member.role} className="input">
            {roles.map((role) => <option key={role} value={role}>{t(`role.${role}`)} — {t(`roleDoes.${role}`)}</option>)}
          </select>
        </label>
        <Button type="submit">{t('members.saveRole')}</Button>
      </Form>
      {teams.length > 0 && (
        <Form method="post" action={at('team')} className="flex items-end gap-2">
          <label className="field">
            <span className="field-label">{t('members.team')}</span>
            <select name="teamId" defaultValue={member.teamId ?? ''} className="input">
              <option value="">{t('members.noTeam')}</option>
              {teams.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
            </select>
          </label>
          <Button type="submit">{t('members.saveTeam')}</Button>
        </Form>
      )}
      <Form method="post" action={at(active ? 'deactivation' : 'reactivation')} className="flex flex-col gap-1">
        {active && <span className="text-12 text-muted">{t('members.deactivateHint')}</span>}
        {active && member.role !== 'partner' && <Link to={at('handover')} className="lnk text-13">{t('members.handOver')}</Link>}
        <span><Button type="submit" variant={active ? 'danger' : 'plain'}>{t(active ? 'members.deactivate' : 'members.reactivate')}</Button></span>
      </Form>
    </div>
  )
}
