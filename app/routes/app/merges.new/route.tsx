import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { DomainError, reading, type Context } from '~/domain/kernel'
import { mergeCompanies, mergePeople, previewCompanyMerge, previewPeopleMerge, searchRecords } from '~/domain/merging'
import { mergeKinds, sides } from '~/domain/merging/vocabulary'
import { companyDetail, personDetail } from '~/domain/people'
import { page, redirectTo, submit } from '~/http'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { useMergeWords } from '~/ui/merging/merge-words'
import { MergeForm } from './merge-form'
import { SearchOther } from './search-other'

export const handle: PageHandle = { title: 'merge' }

const Asked = z.object({ kind: z.enum(mergeKinds), kept: z.string().max(60), gone: z.string().max(60).optional(), q: z.string().max(100).default('') })

/** Without a second one, a search for it; with both, the two side by side and what merging them does. */
export const loader = page({ permission: 'leads:write', search: Asked }, ({ ctx, search: { kind, kept, gone, q } }) =>
  reading(ctx, async (inside) => {
    const one = await namedRecord(inside, kind, kept)
    if (gone === undefined) {
      const found = await searchRecords(inside, { kind, q })
      return { kind, kept: one, gone: null, preview: null, q, found: found.filter(({ id }) => id !== one.id) }
    }
    const wish = { keptId: kept as never, goneId: gone as never }
    const preview = kind === 'person' ? await previewPeopleMerge(inside, wish) : await previewCompanyMerge(inside, wish)
    return { kind, kept: one, gone: await namedRecord(inside, kind, gone), preview, q, found: [] }
  }),
)

/** Who is meant, by name, as the actor may see them; an address with anything else in it is a wrong one. */
async function namedRecord(ctx: Context, kind: 'person' | 'company', id: string): Promise<{ id: string; name: string }> {
  if (!/^(?:per|co)_[0-9a-hjkmnp-tv-z]{26}$/.test(id) || id.startsWith('per_') !== (kind === 'person')) throw new DomainError('not-found')
  const { id: own, name } = kind === 'person' ? await personDetail(ctx, { personId: id as never }) : await companyDetail(ctx, { companyId: id as never })
  return { id: own, name }
}

export type MergePageData = Awaited<ReturnType<typeof loader>>

const Chosen = z.object({
  kind: z.enum(mergeKinds), keptId: z.string(), goneId: z.string(), fields: z.partialRecord(z.string(), z.enum(sides)).default({}),
  // "stays closes": two ids in one choice, so that a radio button can say which way round.
  leads: z.array(z.object({ pair: z.string().optional(), ownerId: z.string().optional() })).max(100).default([]),
})

export const action = submit({ permission: 'leads:write', form: Chosen }, async ({ ctx, input: { kind, keptId, goneId, fields, leads } }) => {
  const said = leads.flatMap(({ pair = '', ownerId }) => {
    const [stays, closes] = pair.split(' ')
    return stays === undefined || closes === undefined ? [] : [{ stays, closes, ...(ownerId === undefined ? {} : { ownerId }) }]
  })
  const wish = { keptId, goneId, fields, leads: said } as never
  await (kind === 'person' ? mergePeople(ctx, wish) : mergeCompanies(ctx, wish))
  return redirectTo(`/${kind === 'person' ? 'people' : 'companies'}/${keptId}`)
})

export default function MergePage() {
  const { kind, kept, gone, preview, q, found } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('merging')
  const words = useMergeWords()
  const name = (of: { name: string }) => (of.name === '' ? t('nameless') : of.name)
  const problem = words.refusal(answer?.reply === undefined && answer?.refusal === undefined ? undefined : (answer.refusal?.code ?? 'failed'))
  const href = kind === 'person' ? `/people/${kept.id}` : `/companies/${kept.id}`
  return (
    <>
      <PageHeader title={gone === null ? t('search.title', { name: name(kept) }) : t('new.title', { kept: name(kept), gone: name(gone) })} crumb={{ href, label: name(kept) }} />
      <PageBody>
        {problem !== null && <p role="alert" className="form-alert mb-4"><span>{problem}</span></p>}
        {gone === null || preview === null ? <SearchOther kind={kind} keptId={kept.id} q={q} found={found} /> : <MergeForm kept={kept} gone={gone} preview={preview} />}
      </PageBody>
    </>
  )
}
