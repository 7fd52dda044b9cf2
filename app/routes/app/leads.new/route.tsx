import { Link, useActionData, useLoaderData, type ShouldRevalidateFunctionArgs } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { addLead, checkClash } from '~/domain/capture'
import { listChannels } from '~/domain/channels'
import { DomainError, isRefusal, reading, type Context } from '~/domain/kernel'
import { filterChoices, leadDetail, listProductLines } from '~/domain/leads'
import { page, redirectTo, submit } from '~/http'
import type { Id } from '~/lib/ids'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { LeadForm } from './lead-form'

export const handle: PageHandle = { title: 'newLead' }

export const loader = page({ permission: 'leads:write' }, ({ ctx }) =>
  reading(ctx, async (inside) => ({
    channels: (await listChannels(inside, {})).map(({ id, name }) => ({ id, label: name })),
    campaigns: (await filterChoices(inside, {})).campaigns.map(({ id, name, channelId }) => ({ id: id as string, label: name, channelId: channelId as string })),
    productLines: (await listProductLines(inside, {})).map(({ id, name }) => ({ id, label: name })),
  })),
)

/** Asking whether somebody is known changes nothing here. */
export const shouldRevalidate = ({ formAction, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs): boolean => formAction !== '/leads/clash' && defaultShouldRevalidate

const optional = z.string().optional()
const Typed = z.object({
  name: optional, company: optional, title: optional, phone: optional, email: optional, message: optional, productLineId: optional, channelId: optional, campaignId: optional, confirmed: optional,
  /** a card at a fair: the next one is typed in right away */
  next: optional, photo: z.instanceof(File).optional(),
})
type Fields = z.output<typeof Typed>

type Saved = { joined: boolean; leadId: Id<'lead'> | null; next: boolean; name: string }

/** Who is known is told of before anything is saved; the same form sent again with `confirmed` goes in. */
async function warnOfKnown(ctx: Context, { phone, email, company, confirmed }: Fields): Promise<void> {
  if (confirmed === '1') return
  const known = await checkClash(ctx, { phone, email, company })
  if (known === null) return
  const lead: Record<string, string> = known.lead === null ? {} : { leadId: known.lead.id, owner: known.lead.owner ?? '' }
  throw new DomainError('known-contact', { params: { by: known.by, open: known.open ? 1 : 0, ...lead } })
}

/** A new lead opens; one that joined a known lead is said to have, with the way there for whoever may see it. */
export const action = submit({ permission: 'leads:write', form: Typed }, async ({ ctx, input }): Promise<Saved> => {
  await warnOfKnown(ctx, input)
  const { photo, next, confirmed: _confirmed, ...typed } = input
  const bytes = photo === undefined || photo.size === 0 ? undefined : new Uint8Array(await photo.arrayBuffer())
  const { leadId, isNew } = await addLead(ctx, { ...typed, ...(bytes === undefined ? {} : { photo: bytes }) } as Parameters<typeof addLead>[1])
  if (isNew && leadId !== null && next !== '1') return redirectTo(`/leads/${leadId}`) as never
  return { joined: leadId !== null && !isNew, leadId: leadId !== null && (await isVisible(ctx, leadId)) ? leadId : null, next: isNew && next === '1', name: typed.name || typed.company || typed.phone || '' }
})

const isVisible = (ctx: Context, leadId: Id<'lead'>) => leadDetail(ctx, { leadId }).then(() => true, (error: unknown) => {
  if (isRefusal(error, 'not-found')) return false
  throw error
})

export default function NewLeadPage() {
  const { t } = useTranslation('leads')
  const { channels, campaigns, productLines } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const done = answer?.done
  const isEnd = done !== undefined && !done.next
  return (
    <>
      <PageHeader title={isEnd ? t('add.joinedTitle') : t('add.title')} crumb={{ href: '/leads', label: t('detail.crumb') }} />
      <PageBody narrow>
        {done?.next === true && <p role="status" className="mb-4 rounded-md bg-won-wash px-3 py-2 text-13 text-won">{t('add.saved', { name: done.name })} {done.leadId !== null && <Link className="lnk" to={`/leads/${done.leadId}`}>{t('add.openLead')}</Link>}</p>}
        {!isEnd ? <LeadForm key={done?.leadId ?? 'first'} answer={answer} channels={channels} campaigns={campaigns} productLines={productLines} /> : (
          <div role="status" className="flex max-w-[32rem] flex-col gap-3 text-14">
            <p>{done.leadId !== null ? t('add.joined') : done.joined ? t('add.joinedOther') : t('add.touch')}</p>
            <p className="flex gap-2">
              {done.leadId !== null && <Link className="btn btn-next" to={`/leads/${done.leadId}`}>{t('add.openLead')}</Link>}
              <Link className="btn" to="/leads/new">{t('add.another')}</Link>
            </p>
          </div>
        )}
      </PageBody>
    </>
  )
}
