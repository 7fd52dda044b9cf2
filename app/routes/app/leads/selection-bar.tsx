import { useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { bulkActionNames, filterSearch } from '~/domain/views/vocabulary'
import { Button } from '~/ui/primitives/button'
import { useFormat } from '~/ui/use-format'
import { countedAtMost } from './counted'
import type { ListRow } from './lead-columns'
import type { ListData } from './route'
import type { Selection } from './use-selection'

/** How many are ticked and what can be done with them; from one page's rows to all that match. */
export function SelectionBar({ data, selection, rows }: { data: ListData; selection: Selection; rows: readonly ListRow[] }) {
  const { t } = useTranslation('lists')
  const { t: common } = useTranslation()
  const format = useFormat()
  const [search] = useSearchParams()
  const total = data.count === null ? null : data.count >= countedAtMost ? '10,000+' : format.number(data.count)
  const isMore = selection.isAll && (data.count ?? countedAtMost) > rows.length
  const actions = bulkActionNames.filter((name) => (name !== 'assign' && name !== 'return') || data.may.assign).filter((name) => name !== 'field' || data.fields.length > 0)
  return (
    <div className="selbar ll-sel" data-open={selection.count > 0 ? 'true' : undefined}>
      <span className="tn font-medium" role="status">{selection.count === 0 ? '' : selection.isEverything ? t('allSelected', { total: total ?? t('many') }) : common('table.selected', { count: selection.count, formatted: format.number(selection.count) })}</span>
      {isMore && !selection.isEverything && <Button variant="quiet" size="s" onPress={() => selection.setEverything(true)}>{t('selectMatching', { total: total ?? t('many') })}</Button>}
      {selection.isEverything && <input type="hidden" name="all" value="1" />}
      <input type="hidden" name="search" value={filterSearch(search)} />
      <input type="hidden" name="asOf" value={data.now.toISOString()} />
      <label className="ll-bulk"><span className="sr">{t('bulk.what')}</span><select name="action" className="input">{actions.map((name) => <option key={name} value={name}>{t(`bulk.${name}`)}</option>)}</select></label>
      <Button type="submit">{t('bulk.go')}</Button>
      <span className="ml-auto"><Button variant="quiet" size="s" onPress={() => { selection.setAll(false); selection.setPicking(false) }}>{common('table.clearSelection')}</Button></span>
    </div>
  )
}
