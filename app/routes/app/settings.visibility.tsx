import { Form, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { can } from '~/domain/kernel'
import { setVisibility, visibilityOf, type Visibility } from '~/domain/orgs'
import { roles, scopesOfVisibility, type Role } from '~/domain/orgs/vocabulary'
import { backTo, page, submit } from '~/http'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { Button } from '~/ui/primitives/button'

export const handle: PageHandle = { title: 'visibility' }

const RESOURCES = ['leads', 'reports'] as const
const scope = z.enum(scopesOfVisibility)
const Rules = z.object({ role: z.enum(roles), leads: scope, reports: scope })

export const loader = page({ permission: 'settings:read' }, async ({ ctx }) => ({ visibility: await visibilityOf(ctx, {}), mayChange: can(ctx.actor, 'settings:write') }))

export const action = submit({ permission: 'settings:write', form: Rules }, async ({ ctx, input }) =>
  backTo('/settings/visibility', async () => {
    for (const resource of RESOURCES) await setVisibility(ctx, { role: input.role, resource, scope: input[resource] })
  }),
)

export default function VisibilityPage() {
  const { t } = useTranslation('orgs')
  const { visibility, mayChange } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader title={t('visibility.title', { leads: t(`visibility.${visibility.rep.leads}`) })} />
      <PageBody narrow>
        <p className="mb-4 max-w-[60ch] text-13 text-text-2">{t('visibility.hint')}</p>
        <ul className="border-t border-line">
          {roles.map((role) => <RoleRow key={role} role={role} seen={visibility[role]} mayChange={mayChange && role !== 'admin'} />)}
        </ul>
      </PageBody>
    </>
  )
}

function RoleRow({ role, seen, mayChange }: { role: Role; seen: Visibility; mayChange: boolean }) {
  const { t } = useTranslation('orgs')
  return (
    <li className="border-b border-line py-3">
      <Form method="post" className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <input type="hidden" name="role" value={role} />
        <span className="min-w-0 grow basis-40 self-center max-sm:basis-full text-13 font-medium first-letter:uppercase">{t(`role.${role}`)}</span>
        {RESOURCES.map((resource) => (
          <label key={resource} className="field w-32 max-sm:w-auto max-sm:flex-1">
            <span className="field-label">{t(`visibility.${resource}`)}</span>
            <select name={resource} defaultValue={seen[resource]} disabled={!mayChange} className="input">
              {scopesOfVisibility.map((name) => <option key={name} value={name}>{t(`visibility.${name}`)}</option>)}
            </select>
          </label>
        ))}
        <Button type="submit" isDisabled={!mayChange}>{t('visibility.save')}</Button>
      </Form>
    </li>
  )
}
