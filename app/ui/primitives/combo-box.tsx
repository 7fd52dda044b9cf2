import { clsx } from 'clsx'
import ChevronDown from 'lucide-react/icons/chevron-down'
import { useTranslation } from 'react-i18next'
import { Button, ComboBox as AriaComboBox, Group, Input, Popover, type ComboBoxProps as AriaComboBoxProps } from 'react-aria-components'
import { FieldLabel, FieldNotes, type FieldText } from './field-parts'
import { OptionList, type Option } from './select'

export type ComboBoxProps = Omit<AriaComboBoxProps<Option>, 'className' | 'children' | 'style' | 'items' | 'defaultItems'> &
  FieldText & {
    options: readonly Option[]
    placeholder?: string
    /** the server filters (use onInputChange): show the options as they come */
    filtered?: boolean
  }

/** A list to type into, for more than a dozen options. */
export function ComboBox({ label, description, error, optional, className, options, placeholder, filtered, ...rest }: ComboBoxProps) {
  const { t } = useTranslation()
  const items = filtered === true ? { items: options } : { defaultItems: options }
  return (
    <AriaComboBox {...rest} {...items} allowsEmptyCollection menuTrigger="focus" isInvalid={error !== undefined || rest.isInvalid} className={clsx('field', className)}>
      <FieldLabel optional={optional}>{label}</FieldLabel>
      <Group className="input input-group">
        <Input placeholder={placeholder ?? t('field.choose')} />
        <Button aria-label={t('field.showOptions')}>
          <ChevronDown className="i-s" aria-hidden="true" />
        </Button>
      </Group>
      <FieldNotes description={description} error={error} />
      <Popover className="pop min-w-(--trigger-width)" offset={4}>
        <OptionList emptyText={t('field.noMatch')} />
      </Popover>
    </AriaComboBox>
  )
}
