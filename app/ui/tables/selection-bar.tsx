import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../primitives/button'
import { useFormat } from '../use-format'

export type Selection = {
  selected: ReadonlySet<string>
  onChange: (selected: ReadonlySet<string>) => void
  /** what can be done with them: Buttons */
  actions: ReactNode
}

export function SelectionBar({ selection }: { selection: Selection }) {
  const { t } = useTranslation()
  const format = useFormat()
  const count = selection.selected.size
  return (
    <div className="selbar" role="status">
      <span className="tn font-medium">{t('table.selected', { count, formatted: format.number(count) })}</span>
      {selection.actions}
      <span className="ml-auto">
        <Button variant="quiet" size="s" onPress={() => selection.onChange(new Set())}>
          {t('table.clearSelection')}
        </Button>
      </span>
    </div>
  )
}
