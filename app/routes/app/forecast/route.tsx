import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { forecast, gradeAgreement } from '~/domain/analytics'
import { ForecastSearch } from '~/domain/analytics/contract'
import { reading } from '~/domain/kernel'
import { filterChoices, listProductLines } from '~/domain/leads'
import { page } from '~/http'
import { PageBody, PageHeader, PageSection } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { LinkButton } from '~/ui/primitives/button'
import { EmptyState } from '~/ui/primitives/empty-state'
import { useFormat } from '~/ui/use-format'
import { AgreementPart } from './agreement-part'
import { BackTestPart } from './back-test-part'
import { Controls } from './controls'
import { exportHref, forecastHref, type Asked } from './links'
import { MonthsPart } from './months-part'
import { ForecastDefinitions, Notes } from './notes'
import { RatesPart } from './rates-part'
import { RowsPart } from './rows-part'

export const handle: PageHandle = { title: 'forecast' }

export const loader = page({ permission: 'reports:read', search: ForecastSearch }, ({ ctx, search }) =>
  reading(ctx, async (at) => {
    const { owners, channels } = await filterChoices(at, {})
    const asked: Asked = search
    return { asked, report: await forecast(at, search), agreement: await gradeAgreement(at, {}), choices: { owners, channels, lines: await listProductLines(at, {}) } }
  }),
)

export type ForecastData = Awaited<ReturnType<typeof loader>>

export default function ForecastPage() {
  const data = useLoaderData<typeof loader>()
  const { asked, report, agreement } = data
  const { t } = useTranslation('forecast')
  const isFiltered = asked.owner !== undefined || asked.channel !== undefined || asked.line !== undefined
  const isEmpty = report.currencies.every(({ totals }) => totals.leads === 0 && totals.wins === 0)
  return (
    <>
      <PageHeader title={useSentence(data)}>{!isEmpty && <LinkButton to={exportHref(asked)} reloadDocument>{t('export')}</LinkButton>}</PageHeader>
      <Controls data={data} />
      {isEmpty && (
        <EmptyState kind={isFiltered ? 'filtered' : 'empty'} title={t(isFiltered ? 'empty.filtered' : 'empty.title')} action={<LinkButton to={isFiltered ? forecastHref({ by: asked.by }) : '/leads?stage=qualified'}>{t(isFiltered ? 'empty.all' : 'empty.qualified')}</LinkButton>}>
          {t('empty.hint')}
        </EmptyState>
      )}
      {!isEmpty && report.currencies.map((each) => <MonthsPart key={each.currency} data={data} forecast={each} />)}
      {!isEmpty && <RowsPart data={data} />}
      <PageBody>
        <Notes data={data} />
        <PageSection title={t('back.title')}><BackTestPart data={data} /></PageSection>
        <PageSection title={t('rates.title')}><RatesPart data={data} /></PageSection>
        <PageSection title={t('agree.title')}><AgreementPart agreement={agreement} /></PageSection>
        <ForecastDefinitions />
      </PageBody>
    </>
  )
}

/** What is true now, in one line: of the organisation's currency, or of the one there is. */
function useSentence({ report }: ForecastData): string {
  const { t } = useTranslation('forecast')
  const format = useFormat()
  const shown = report.currencies.find(({ totals }) => totals.leads + totals.wins > 0)
  const month = format.day(`${report.month}-01`, 'month')
  const now = shown?.months[0]
  if (shown === undefined || now === undefined) return t('sentence.empty')
  const money = (minor: bigint) => format.money(minor, shown.currency, { whole: true })
  const words = { month, total: money(now.total), won: money(now.won), low: money(now.low), high: money(now.high) }
  if (now.leads === 0) return t(now.wins === 0 ? 'sentence.nothing' : 'sentence.wonOnly', words)
  return t('sentence.both', words)
}
