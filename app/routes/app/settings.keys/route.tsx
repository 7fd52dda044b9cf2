import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { createApiKey, listApiKeys } from '~/domain/auth'
import { CreateApiKey } from '~/domain/auth/contract'
import { page, submit } from '~/http'
import { useAccountWords } from '~/ui/forms/use-account-words'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { LinkButton } from '~/ui/primitives/button'
import { CopyButton } from '~/ui/primitives/copy-button'
import { EmptyState } from '~/ui/primitives/empty-state'
import { KeyForm } from './key-form'
import { KeyList } from './key-list'

export const handle: PageHandle = { title: 'keys' }

const days = z.enum(['', '30', '90', '365']).default('')
const Key = CreateApiKey.pick({ name: true, scopes: true }).extend({ days })

export const loader = page({ permission: 'keys:read' }, async ({ ctx, viewer }) => ({ keys: await listApiKeys(ctx, {}), org: viewer.org.name }))

export const action = submit({ permission: 'keys:write', form: Key }, async ({ ctx, input }) => {
  const expiresAt = input.days === '' ? null : new Date(ctx.now.getTime() + Number(input.days) * 86_400_000)
  const { key } = await createApiKey(ctx, { name: input.name, scopes: input.scopes, expiresAt })
  return { key, name: input.name }
})

export default function KeysPage() {
  const { t } = useTranslation('orgs')
  const { keys, org } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [search] = useSearchParams()
  const say = useAccountWords()
  const active = keys.filter(({ state }) => state === 'active').length
  const refused = search.get('refused')
  return (
    <>
      <PageHeader title={active === 0 ? t('keys.title_zero', { org }) : t('keys.title', { count: active })} />
      <PageBody narrow>
        {refused !== null && <p role="alert" className="form-alert mb-4">{say(refused, null, {})}</p>}
        {answer?.done === undefined ? (
          <PageSection title={t('keys.create')}>
            <KeyForm answer={answer} />
          </PageSection>
        ) : (
          <div role="status" className="mb-6 rounded-md bg-won-wash p-4">
            <p className="text-13 font-medium">{answer.done.name}: {t('keys.shownOnce')}</p>
            <p className="my-3 flex items-center gap-2">
              <code className="text-14 break-all tn">{answer.done.key}</code>
              <CopyButton value={answer.done.key} />
            </p>
            <LinkButton to="/settings/keys">{t('keys.done')}</LinkButton>
          </div>
        )}
        <PageSection title={t('settings.keys')}>{keys.length === 0 ? <EmptyState kind="empty" title={t('keys.title_zero', { org })}>{t('keys.empty')}</EmptyState> : <KeyList keys={keys} />}</PageSection>
      </PageBody>
    </>
  )
}
