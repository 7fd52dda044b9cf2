import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type * as z from 'zod'
import { can, reading } from '~/domain/kernel'
import { listReveals, readContactRules, setContactRules } from '~/domain/people'
import { SetContactRules } from '~/domain/people/contract'
import { identityKinds } from '~/domain/people/vocabulary'
import { page, submit } from '~/http'
import { InputField } from '~/ui/forms/fields'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { useSaid } from '~/ui/forms/use-said'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { Moment } from '~/ui/primitives/numbers'
import { useFormat } from '~/ui/use-format'

export const handle: PageHandle = { title: 'contacts' }

export const loader = page({ permission: 'settings:read' }, ({ ctx }) =>
  reading(ctx, async (inside) => ({
    rules: await readContactRules(inside, {}), reveals: can(ctx.actor, 'audit:read') ? await listReveals(inside, {}) : [], mayChange: can(ctx.actor, 'settings:write'),
  })))

export const action = submit({ permission: 'settings:write', form: SetContactRules }, ({ ctx, input }) => setContactRules(ctx, input))

/** What each member may see and take out of other people's contacts in a day, and who did. */
export default function ContactsPage() {
  const { t } = useTranslation('orgs')
  const { t: common } = useTranslation()
  const format = useFormat()
  const { rules, reveals, mayChange } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useActionForm<z.input<typeof SetContactRules>>({
    id: 'contacts', result: useSaid(answer, () => t('contacts.number')), defaultValue: { revealCap: String(rules.revealCap), exportCap: String(rules.exportCap) },
  })
  return (
    <>
      <PageHeader title={t('contacts.title', { count: rules.revealCap, formatted: format.number(rules.revealCap) })} />
      <PageBody narrow>
        <p className="mb-4 max-w-[60ch] text-14 text-text-2">{t('contacts.about')}</p>
        {mayChange && (
          <ActionForm form={form} className="flex max-w-[28rem] flex-col gap-4 pb-6">
            {answer?.done !== undefined && <p role="status" className="rounded-md bg-won-wash px-3 py-2 text-13 text-won">{t('contacts.saved')}</p>}
            <InputField field={fields.revealCap} label={t('contacts.revealCap')} inputMode="numeric" autoComplete="off" />
            <InputField field={fields.exportCap} label={t('contacts.exportCap')} inputMode="numeric" autoComplete="off" />
            <div><SubmitButton>{common('action.save')}</SubmitButton></div>
          </ActionForm>
        )}
        <PageSection title={t('contacts.log')}>
          {reveals.length === 0 && <p className="text-13 text-muted">{t('contacts.none')}</p>}
          <ul className="text-13">
            {reveals.map((line) => {
              const what = t(`contacts.kind.${identityKinds.find((kind) => kind === line.kind) ?? 'external'}`)
              const words = t('contacts.line', { member: line.member, what, person: line.person ?? t('contacts.company') })
              return (
                <li key={line.id} className="flex min-h-9 flex-wrap items-center gap-x-3 border-b border-line py-1">
                  <span className="min-w-0 grow">{line.leadId === null ? words : <Link className="lnk" to={`/leads/${line.leadId}`}>{words}</Link>}</span>
                  <span className="text-12 text-muted"><Moment at={line.at} style="moment" /></span>
                </li>
              )
            })}
          </ul>
        </PageSection>
      </PageBody>
    </>
  )
}
