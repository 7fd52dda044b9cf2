import { Form, useLoaderData } from '@remix-run/react'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { DomainError } from '~/domain/kernel'
import { membershipsOf } from '~/domain/orgs'
import { orgCookieFor, page, redirectTo, submit, withCookies } from '~/http'
import { Avatar } from '~/ui/primitives/avatar'
import { Chip } from '~/ui/primitives/chip'
import type { PageHandle } from '~/ui/layout/page-title'

const Choice = z.object({ org: z.string() })

export const handle: PageHandle = { title: 'chooseOrganisation' }

export const loader = page({}, async ({ viewer, ctx }) => {
  const places = await membershipsOf(viewer.userId)
  return { places: places.map(({ orgId, orgName, role, isDemo }) => ({ orgId, orgName, role, isDemo, current: orgId === ctx.orgId })) }
})

export const action = submit({ form: Choice }, async ({ input, viewer }) => {
  const place = (await membershipsOf(viewer.userId)).find(({ orgId }) => orgId === input.org)
  if (place === undefined) throw new DomainError('not-found')
  return redirectTo('/', withCookies([orgCookieFor(place.orgId)]))
})

export default function ChooseOrganisationPage() {
  const { t } = useTranslation(['auth', 'orgs'])
  const { places } = useLoaderData<typeof loader>()
  return (
    <>
      <h1 className="text-28 font-semibold">{t('auth:choose.title')}</h1>
      <p className="mt-1 mb-8 text-14 text-muted">{t('auth:choose.lead', { count: places.length })}</p>
      <Form method="post" reloadDocument className="flex flex-col border-t border-line">
        {places.map(({ orgId, orgName, role, isDemo, current }) => (
          <button key={orgId} name="org" value={orgId} className="flex min-h-14 items-center gap-3 border-b border-line px-2 text-left hover:bg-hover" aria-current={current ? 'true' : undefined}>
            <Avatar name={orgName} large />
            <span className="min-w-0 flex-1">
              <span className="block truncate text-14 font-medium">{orgName}</span>
              <span className="block text-12 text-muted">{t(`orgs:role.${role}`)}</span>
            </span>
            {isDemo && <Chip>{t('auth:choose.demo')}</Chip>}
            <ChevronRight className="i text-faint" aria-hidden="true" />
          </button>
        ))}
      </Form>
    </>
  )
}
