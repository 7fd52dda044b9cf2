import Building2 from 'lucide-react/icons/building-2'
import ListTodo from 'lucide-react/icons/list-todo'
import User from 'lucide-react/icons/user'
import { useTranslation } from 'react-i18next'
import { MenuItem as AriaMenuItem } from 'react-aria-components'
import { Marked } from '../primitives/marked'
import type { SearchResult } from './commands'

const icons = { lead: ListTodo, person: User, company: Building2 }

/** A record the server found, with the part that matched marked. */
export function RecordItem({ id, record }: { id: string; record: SearchResult }) {
  const { t } = useTranslation('shell')
  const Icon = icons[record.kind]
  const kind = t(`palette.${record.kind}`)
  return (
    <AriaMenuItem id={id} className="opt" textValue={`${record.label} ${kind}`}>
      <Icon className="i" aria-hidden="true" />
      <span className="min-w-0">
        <Marked text={record.label} ranges={record.ranges ?? []} />
        <span className="opt-desc">{[kind, record.description].filter((part) => part !== undefined && part !== '').join(' · ')}</span>
      </span>
    </AriaMenuItem>
  )
}
