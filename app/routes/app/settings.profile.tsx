import { Form, useActionData, useLoaderData, useRouteLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { requiredLine } from '~/domain/kernel/contract'
import { renameSelf } from '~/domain/orgs'
import { page, submit } from '~/http'
import { LOCALE_NAMES, LOCALES } from '~/lib/locales'
import { InputField } from '~/ui/forms/fields'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { useSaid } from '~/ui/forms/use-said'
import { useAccountWords } from '~/ui/forms/use-account-words'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { DEFAULT_PREFERENCES, DENSITIES, THEMES, type Preferences } from '~/ui/preferences'
import { useLocale } from '~/ui/use-format'

export const handle: PageHandle = { title: 'profile' }

const Profile = z.object({ name: requiredLine() })

export const loader = page({}, async ({ viewer }) => ({ name: viewer.name, email: viewer.email, role: viewer.role, org: viewer.org.name }))

export const action = submit({ form: Profile }, async ({ input, viewer, ctx }) => {
  await renameSelf(viewer.userId, input.name, ctx.now)
  return { saved: true }
})

export default function ProfilePage() {
  const { t } = useTranslation('orgs')
  const me = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useActionForm<z.input<typeof Profile>>({ id: 'profile', result: useSaid(answer, useAccountWords()), defaultValue: { name: me.name } })
  return (
    <>
      <PageHeader title={t('profile.title', { name: me.name, role: t(`role.${me.role}`), org: me.org })} />
      <PageBody narrow>
        <ActionForm form={form} className="flex max-w-[28rem] flex-col gap-4 pb-6">
          {answer?.done !== undefined && <p role="status" className="rounded-md bg-won-wash px-3 py-2 text-13 text-won">{t('profile.saved')}</p>}
          <InputField field={fields.name} label={t('profile.name')} autoComplete="name" description={t('profile.nameHint')} />
          <div className="field">
            <span className="field-label">{t('profile.email')}</span>
            <span className="text-13">{me.email}</span>
            <span className="field-hint">{t('profile.emailHint')}</span>
          </div>
          <div>
            <SaveButton />
          </div>
        </ActionForm>
        <PreferenceForms />
      </PageBody>
    </>
  )
}

function SaveButton() {
  const { t } = useTranslation('common')
  return <SubmitButton>{t('action.save')}</SubmitButton>
}

function PreferenceForms() {
  const { t } = useTranslation('orgs')
  const locale = useLocale()
  const preferences = useRouteLoaderData<{ preferences: Preferences }>('root')?.preferences ?? DEFAULT_PREFERENCES
  return (
    <PageSection title={t('profile.preferences')}>
      <div className="flex flex-col gap-3">
        <Choice name="locale" label={t('profile.language')} current={locale} options={LOCALES.map((id) => ({ id, label: LOCALE_NAMES[id] }))} />
        <Choice name="theme" label={t('profile.theme')} current={preferences.theme} options={THEMES.map((id) => ({ id, label: t(`profile.${id}`) }))} />
        <Choice name="density" label={t('profile.density')} current={preferences.density} options={DENSITIES.map((id) => ({ id, label: t(`profile.${id}`) }))} />
      </div>
    </PageSection>
  )
}

function Choice({ name, label, current, options }: { name: string; label: string; current: string; options: { id: string; label: string }[] }) {
  return (
    <Form method="post" action="/preferences" reloadDocument className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <input type="hidden" name="back" value="/settings" />
      <span className="w-24 text-13 text-muted" id={`choice-${name}`}>{label}</span>
      <span className="seg" role="group" aria-labelledby={`choice-${name}`}>
        {options.map(({ id, label: text }) => (
          <button key={id} name={name} value={id} aria-current={id === current ? 'true' : undefined}>{text}</button>
        ))}
      </span>
    </Form>
  )
}
