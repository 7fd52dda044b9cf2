import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { createForm } from '~/domain/capture'
import { CreateForm } from '~/domain/capture/contract'
import { listChannels } from '~/domain/channels'
import { reading } from '~/domain/kernel'
import { page, redirectTo, submit } from '~/http'
import { InputField, RadioField, SelectField } from '~/ui/forms/fields'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { useSaid } from '~/ui/forms/use-said'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'

export const handle: PageHandle = { title: 'newForm' }

export const loader = page({ permission: 'sources:write' }, ({ ctx }) =>
  reading(ctx, async (inside) => ({ channels: (await listChannels(inside, {})).map(({ id, name }) => ({ id, label: name })) })),
)

export const action = submit({ permission: 'sources:write', form: CreateForm }, async ({ ctx, input }) => redirectTo(`/forms/${(await createForm(ctx, input)).formId}`))

type Fields = Record<'name' | 'language' | 'channelId', string>

export default function NewFormPage() {
  const { t, i18n } = useTranslation('forms')
  const { channels } = useLoaderData<typeof loader>()
  const say = (code: string) => (i18n.exists(`forms:problem.${code}`) ? t(`problem.${code}` as 'problem.required') : t('problem.invalid'))
  const [form, fields] = useActionForm<Fields>({ id: 'form', result: useSaid(useActionData<typeof action>(), say), defaultValue: { language: i18n.language === 'en' ? 'en' : 'both' } })
  return (
    <>
      <PageHeader title={t('new.title')} crumb={{ href: '/forms', label: t('crumb') }} />
      <PageBody narrow>
        <ActionForm form={form} className="flex max-w-[32rem] flex-col gap-4">
          <InputField field={fields.name} label={t('settings.name')} description={t('settings.nameHint')} autoComplete="off" autoFocus />
          <RadioField field={fields.language} label={t('settings.language')} options={(['en', 'zh-CN', 'both'] as const).map((id) => ({ id, label: t(`language.${id}`) }))} />
          {channels.length > 0 && <SelectField field={fields.channelId} label={t('settings.channel')} options={channels} placeholder={t('settings.none')} description={t('settings.channelHint')} optional />}
          <p className="text-13 text-muted">{t('new.hint')}</p>
          <div><SubmitButton>{t('new.create')}</SubmitButton></div>
        </ActionForm>
      </PageBody>
    </>
  )
}
