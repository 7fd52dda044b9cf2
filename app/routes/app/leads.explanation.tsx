import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { reading } from '~/domain/kernel'
import { leadDetail } from '~/domain/leads'
import { leadScore } from '~/domain/scoring'
import { page } from '~/http'
import { LOCALE_NAMES, LOCALES, type Locale } from '~/lib/locales'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { CopyButton } from '~/ui/primitives/copy-button'
import { SegmentedLinks } from '~/ui/primitives/segmented-links'
import { explanationText } from './leads.explanation-text'

export const handle: PageHandle = { title: 'explanation' }

const Search = z.object({ language: z.enum(LOCALES).optional().catch(undefined) })

export const loader = page({ permission: 'leads:read', search: Search }, ({ ctx, viewer, params, search }) =>
  reading(ctx, async (inside) => {
    const lead = await leadDetail(inside, { leadId: params['leadId'] as never })
    const score = await leadScore(inside, { leadId: lead.id })
    const language = search.language ?? languageOf(lead.companyFacts?.country ?? null, viewer.locale)
    const name = lead.person?.name ?? ''
    const text = explanationText({ language, score, name, org: viewer.org.name, contact: lead.owner?.name ?? null, zone: viewer.org.timeZone })
    return { leadId: lead.id, name, language, text }
  }),
)

// As tall as the text: a Chinese character is twice as wide.
const rowsOf = (text: string): number => text.split('\n').reduce((rows, line) => rows + Math.max(1, Math.ceil([...line].reduce((width, letter) => width + (letter > '\u2E80' ? 2 : 1), 0) / 84)), 2)

/** Where the company is at home says what they read; where nobody knows, the rep's own language. */
const languageOf = (country: string | null, own: Locale): Locale => (country === null ? own : ['CN', 'HK', 'MO', 'TW'].includes(country) ? 'zh-CN' : 'en')

/** A text for a customer who asks what their score is made of: in their language, to be copied into an answer. */
export default function ExplanationPage() {
  const { leadId, name, language, text } = useLoaderData<typeof loader>()
  const { t } = useTranslation('score')
  return (
    <>
      <PageHeader title={name === '' ? t('explain.titleNobody') : t('explain.title', { name })} crumb={{ href: `/leads/${leadId}#score`, label: t('explain.crumb') }} />
      <PageBody narrow>
        <div className="mb-4 flex flex-wrap items-center gap-3">
          <SegmentedLinks label={t('explain.lang')} items={LOCALES.map((each) => ({ label: LOCALE_NAMES[each], href: `?language=${each}`, current: each === language }))} />
          <CopyButton value={text}>{t('explain.copy')}</CopyButton>
        </div>
        <textarea className="input sc-text" readOnly rows={rowsOf(text)} lang={language} aria-label={t('explain.text')} value={text} />
      </PageBody>
    </>
  )
}
