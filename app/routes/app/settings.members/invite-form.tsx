import type { SubmissionResult } from '@conform-to/react'
import { useActionData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { roles } from '~/domain/orgs/vocabulary'
import { InputField, SelectField } from '~/ui/forms/fields'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { useSaid } from '~/ui/forms/use-said'
import { useAccountWords } from '~/ui/forms/use-account-words'

type Values = { email: string; role: string; teamId?: string }
type Answer = { done?: { email: string }; reply?: SubmissionResult; refusal?: { code: string; params: Record<string, string | number> } }

/** Invites somebody by mail: address, role, and a team where there are any. */
export function InviteForm({ teams }: { teams: readonly { id: string; name: string }[] }) {
  const { t } = useTranslation('orgs')
  const answer = useActionData<Answer>()
  const [form, fields] = useActionForm<Values>({ id: 'invite', result: useSaid(answer, useAccountWords()), defaultValue: { role: 'rep' } })
  return (
    <ActionForm form={form} className="flex flex-wrap items-start gap-3">
      {answer?.done !== undefined && <p role="status" className="basis-full rounded-md bg-won-wash px-3 py-2 text-13 text-won">{t('members.sent', answer.done)}</p>}
      <InputField field={fields.email} label={t('members.email')} type="email" autoComplete="off" className="min-w-0 grow basis-64" />
      <SelectField field={fields.role} label={t('members.role')} options={roles.map((id) => ({ id, label: t(`role.${id}`) }))} className="basis-40" />
      {teams.length > 0 && <SelectField field={fields.teamId} label={t('members.team')} placeholder={t('members.noTeam')} options={teams.map(({ id, name }) => ({ id, label: name }))} className="basis-40" />}
      <div className="pt-6">
        <SubmitButton>{t('members.send')}</SubmitButton>
      </div>
    </ActionForm>
  )
}
