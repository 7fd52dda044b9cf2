import { useRevalidator } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '~/ui/leads/types'
import { useRefusal } from '~/ui/leads/use-refusal'
import { Button } from '~/ui/primitives/button'
import { useFormat } from '~/ui/use-format'
import type { ListData } from './route'

/** Somebody was first: both values side by side, and which shall stay. Other refusals are said, and the cell is as it was. */
export function StaleEdit({ answer, yours, data, mine, close }: { answer: Answer; yours: string; data: ListData; mine: () => void; close: () => void }) {
  const { t } = useTranslation('lists')
  const { t: common } = useTranslation()
  const format = useFormat()
  const { revalidate } = useRevalidator()
  const refusal = useRefusal()
  const params = answer.refusal?.params ?? {}
  const shown = (value: string) => {
    if (value === '') return '—'
    if (/^\d{4}-\d\d-\d\dT/.test(value)) return format.date(new Date(value), 'moment')
    if (/^\d+(?:\.\d+)?$/.test(value)) return format.number(Number(value), Number.isInteger(Number(value)) ? 0 : 2)
    return data.choices.owners.find(({ id }) => id === value)?.name ?? value
  }
  const keep = () => { close(); revalidate() }
  if (answer.refusal?.code !== 'stale') {
    const text = answer.refusal?.code === 'not-graded' ? t('notGraded') : refusal(answer)
    return <span role="alert" className="ll-stale">{text} <Button size="s" onPress={keep}>{common('action.close')}</Button></span>
  }
  return (
    <span role="alertdialog" aria-label={t('stale.title')} className="ll-stale">
      <span>{t('stale.text', { by: String(params['by'] ?? ''), theirs: shown(String(params['theirs'] ?? '')), at: format.date(new Date(String(params['at'])), 'time'), yours: shown(yours) })}</span>
      <span className="ll-links"><Button size="s" autoFocus onPress={keep}>{t('stale.theirs')}</Button><Button size="s" variant="next" onPress={mine}>{t('stale.mine')}</Button></span>
    </span>
  )
}
