import { useTranslation } from 'react-i18next'
import { BarChart, LineChart } from '~/ui/charts/chart'
import { FunnelKey } from '~/ui/charts/funnel-table'
import { FunnelThread, type FunnelStage } from '~/ui/charts/funnel-thread'
import { PageSection } from '~/ui/layout/page-header'
import { useFormat } from '~/ui/use-format'

const WEEKS = [42, 44, 41, 47, 46, 52, 49, 55, 53, 58, 57, 61]

export function Drawings() {
  const { t } = useTranslation('gallery')
  const { t: common } = useTranslation()
  const format = useFormat()
  const points = WEEKS.map((leads, index) => ({ key: String(index), label: `W${30 + index}`, values: { leads, before: leads - 8 + (index % 3) * 2 } }))
  const stages: FunnelStage[] = [
    { id: 'inquiry', count: 617, href: '?stage=inquiry', previous: 571, note: common('funnel.was', { value: 571 }), ripening: { count: 92, href: '?ripening=inquiry' }, lost: { count: 322, href: '?lost=inquiry' }, toNextNote: common('funnel.median', { median: '3 d', p90: '11 d' }) },
    { id: 'qualified', count: 203, href: '?stage=qualified', previous: 205, note: common('funnel.ofValid', { rate: format.percent(0.329) }), ripening: { count: 32 }, lost: { count: 71, href: '?lost=qualified' }, toNextNote: common('funnel.median', { median: '9 d', p90: '26 d' }) },
    { id: 'graded', count: 100, href: '?stage=graded', previous: 108, note: common('funnel.ofValid', { rate: format.percent(0.162) }), ripening: { count: 24 }, lost: { count: 35 }, toNextNote: common('funnel.median', { median: '31 d', p90: '74 d' }) },
    { id: 'won', count: 41, href: '?stage=won', previous: 49, note: format.percent(0.066) },
  ]
  return (
    <>
      <PageSection title={t('sections.funnel')} aside={<FunnelKey />}>
        <FunnelThread stages={stages} exposure={{ count: 1_284_600 }} expectedWon={52} />
      </PageSection>
      <PageSection title={t('sections.charts')}>
        <div className="grid gap-8 lg:grid-cols-2">
          <LineChart title={t('sample.trend')} summary={t('sample.trendSay')} series={[{ id: 'leads', label: common('funnel.inquiry') }, { id: 'before', label: common('funnel.previous'), dashed: true }]} points={points} aside="Asia/Shanghai" />
          <BarChart title={t('sample.trend')} summary={t('sample.trendSay')} series={[{ id: 'leads', label: common('funnel.inquiry') }]} points={points} />
        </div>
      </PageSection>
    </>
  )
}
