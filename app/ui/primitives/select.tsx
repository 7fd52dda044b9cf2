import { clsx } from 'clsx'
import Check from 'lucide-react/icons/check'
import ChevronDown from 'lucide-react/icons/chevron-down'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue, type Key, type SelectProps as AriaSelectProps } from 'react-aria-components'
import { FieldLabel, FieldNotes, type FieldText } from './field-parts'

export type Option = { id: string; label: string; description?: string; mark?: ReactNode; isDisabled?: boolean }

/** Options inside Select and ComboBox alike. */
export function OptionList({ options, emptyText }: { options?: readonly Option[]; emptyText?: string }) {
  return (
    <ListBox className="list" items={options} renderEmptyState={() => <p className="p-2 text-13 text-muted">{emptyText}</p>}>
      {(option: Option) => <OptionItem option={option} />}
    </ListBox>
  )
}

function OptionItem({ option }: { option: Option }) {
  return (
    <ListBoxItem id={option.id} textValue={option.label} isDisabled={option.isDisabled} className="opt">
      {({ isSelected }) => (
        <>
          {option.mark}
          <span>
            {option.label}
            {option.description !== undefined && <span className="opt-desc">{option.description}</span>}
          </span>
          {isSelected && (
            <span className="opt-end">
              <Check className="i" aria-hidden="true" />
            </span>
          )}
        </>
      )}
    </ListBoxItem>
  )
}

export type SelectProps = Omit<AriaSelectProps<Option>, 'className' | 'children' | 'style' | 'items' | 'placeholder'> &
  FieldText & { options: readonly Option[]; placeholder?: string; hideLabel?: boolean }

/** For filters and dialogs. In a form that must work without JavaScript use SelectField of ui/forms. */
export function Select({ label, description, error, optional, className, options, placeholder, hideLabel, ...rest }: SelectProps) {
  const { t } = useTranslation()
  return (
    <AriaSelect {...rest} aria-label={hideLabel === true ? label : undefined} placeholder={placeholder ?? t('field.choose')} isInvalid={error !== undefined || rest.isInvalid} className={clsx('field', className)}>
      {hideLabel !== true && <FieldLabel optional={optional}>{label}</FieldLabel>}
      <Button className="input select-btn">
        <SelectValue<Option>>{({ selectedItem, selectedText, isPlaceholder, defaultChildren }) => (isPlaceholder ? defaultChildren : (selectedItem?.label ?? selectedText))}</SelectValue>
        <ChevronDown className="i-s text-muted" aria-hidden="true" />
      </Button>
      <FieldNotes description={description} error={error} />
      <Popover className="pop min-w-(--trigger-width)" offset={4}>
        <OptionList options={options} />
      </Popover>
    </AriaSelect>
  )
}

export type { Key }
