import { useActionData, useLoaderData, type ShouldRevalidateFunctionArgs } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { can, DomainError, reading } from '~/domain/kernel'
import { cardById, changeCard, previewCard, scoringChoices } from '~/domain/scoring'
import { page, redirectTo, submit } from '~/http'
import type { Id } from '~/lib/ids'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { LinkButton } from '~/ui/primitives/button'
import { lineSaid, withLine } from '~/ui/scoring/line-said'
import { CardFacts } from './card-facts'
import { Editor } from './editor'
import { ReadCard } from './read-card'

export const handle: PageHandle = { title: 'scoreCard' }

const Opened = z.object({ add: z.string().optional(), to: z.enum(['fit', 'interest']).optional(), edit: z.string().optional(), refused: z.string().optional() })

export const loader = page({ permission: 'settings:read', search: Opened }, ({ ctx, params, search }) =>
  reading(ctx, async (at) => {
    const card = await cardById(at, { cardId: params['cardId'] as Id<'scd'> })
    const names = await scoringChoices(at, {})
    return { card, names, opened: search, mayChange: can(ctx.actor, 'scoring:write'), preview: await previewCard(at, { cardId: card.cardId, terms: card.terms }) }
  }),
)

export type CardPage = Awaited<ReturnType<typeof loader>>

const text = z.string().optional()
const Line = z.object({
  key: text, kind: text, group: text, points: text, most: text, everyDays: text, halfLifeDays: text, expiresDays: text, onlyWith: text, others: text, from: text, to: text, by: text, of: text, days: text, attempts: text,
  minutes: text, touch: text, page: text, question: text, contains: text, fieldId: text, test: text, number: text,
  values: z.union([z.string(), z.array(z.string())]).optional().transform((value) => (value === undefined ? [] : [value].flat())),
})

/** A line into the draft, from a page without a script: new, or in the place of the one with its key. */
export const action = submit({ permission: 'scoring:write', form: Line }, async ({ ctx, input, params }) => {
  const cardId = params['cardId'] as Id<'scd'>
  const said = lineSaid(input, () => `${input.kind ?? 'line'}-${crypto.randomUUID().slice(0, 8)}`)
  if ('wrong' in said) throw new DomainError('invalid', { fields: Object.fromEntries(Object.entries(said.wrong).map(([field, code]) => [field, [code]])) })
  const card = await cardById(ctx, { cardId })
  await changeCard(ctx, { cardId, digest: card.digest, terms: { ...card.terms, lines: withLine(card.terms.lines, said.line) } })
  return redirectTo(`/scoring/${cardId}`)
})

/** What is only asked or kept from within the page needs no second reading of it. */
export function shouldRevalidate({ formAction, currentUrl, nextUrl, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  if (formAction?.endsWith('/preview') === true) return false
  return currentUrl.pathname === nextUrl.pathname && formAction === undefined && currentUrl.search !== nextUrl.search ? false : defaultShouldRevalidate
}

export default function ScoreCardPage() {
  const { t } = useTranslation('scoring')
  const { card, names, preview, opened, mayChange } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const count = card.terms.lines.length
  const isEditable = card.state === 'draft' && mayChange && card.learning !== 'running' && card.learning !== 'abstained'
  const faults = card.faults.length
  const title = card.learning === 'running' ? t('card.learning', { version: card.version }) : card.learning === 'abstained' ? t('card.abstained', { version: card.version })
    : card.state !== 'draft' ? t(`card.${card.state}`, { version: card.version, count }) : faults > 0 ? t('card.atFault', { version: card.version, count: faults }) : t(card.test === 'current' ? 'card.tested' : 'card.draft', { version: card.version, count })
  return (
    <>
      <PageHeader title={title} crumb={{ href: '/scoring', label: t('title') }}>
        {!isEditable && <LinkButton to={`/scoring/${card.cardId}/report`}>{t('report.open')}</LinkButton>}
      </PageHeader>
      <PageBody>
        <CardFacts card={card} mayChange={mayChange} refused={opened.refused} />
        {isEditable ? <Editor key={card.cardId} card={card} names={names} preview={preview} opened={opened} wrong={answer} /> : card.learning === 'running' || card.learning === 'abstained' ? null : <ReadCard card={card} names={names} preview={preview} />}
      </PageBody>
    </>
  )
}
