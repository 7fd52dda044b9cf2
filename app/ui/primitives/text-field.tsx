import { clsx } from 'clsx'
import Minus from 'lucide-react/icons/minus'
import Plus from 'lucide-react/icons/plus'
import Search from 'lucide-react/icons/search'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import {
  Button, Group, Input, NumberField as AriaNumberField, SearchField as AriaSearchField, TextArea as AriaTextArea, TextField as AriaTextField,
  type NumberFieldProps as AriaNumberFieldProps, type SearchFieldProps as AriaSearchFieldProps, type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components'
import { FieldLabel, FieldNotes, type FieldText } from './field-parts'

export type TextFieldProps = Omit<AriaTextFieldProps, 'className' | 'children' | 'style'> & FieldText & { placeholder?: string }

export function TextField({ label, description, error, optional, className, placeholder, ...rest }: TextFieldProps) {
  return (
    <AriaTextField {...rest} isInvalid={error !== undefined || rest.isInvalid} className={clsx('field', className)}>
      <FieldLabel optional={optional}>{label}</FieldLabel>
      <Input className="input" placeholder={placeholder} />
      <FieldNotes description={description} error={error} />
    </AriaTextField>
  )
}

export function TextArea({ label, description, error, optional, className, placeholder, rows = 3, ...rest }: TextFieldProps & { rows?: number }) {
  return (
    <AriaTextField {...rest} isInvalid={error !== undefined || rest.isInvalid} className={clsx('field', className)}>
      <FieldLabel optional={optional}>{label}</FieldLabel>
      <AriaTextArea className="input" placeholder={placeholder} rows={rows} />
      <FieldNotes description={description} error={error} />
    </AriaTextField>
  )
}

export type NumberFieldProps = Omit<AriaNumberFieldProps, 'className' | 'children' | 'style'> & FieldText & { steppers?: boolean }

export function NumberField({ label, description, error, optional, className, steppers = true, ...rest }: NumberFieldProps) {
  const { t } = useTranslation()
  return (
    <AriaNumberField {...rest} isInvalid={error !== undefined || rest.isInvalid} className={clsx('field', className)}>
      <FieldLabel optional={optional}>{label}</FieldLabel>
      <Group className="input input-group input-num">
        <Input />
        {steppers && (
          <>
            <Button slot="decrement" aria-label={t('field.decrease')}>
              <Minus className="i-s" aria-hidden="true" />
            </Button>
            <Button slot="increment" aria-label={t('field.increase')}>
              <Plus className="i-s" aria-hidden="true" />
            </Button>
          </>
        )}
      </Group>
      <FieldNotes description={description} error={error} />
    </AriaNumberField>
  )
}

export function SearchField({ label, placeholder, className, ...rest }: Omit<AriaSearchFieldProps, 'className' | 'children' | 'style'> & { label: string; placeholder?: string; className?: string }) {
  const { t } = useTranslation()
  return (
    <AriaSearchField {...rest} aria-label={label} className={clsx('min-w-0', className)}>
      {({ isEmpty }) => (
        <Group className="input input-group">
          <Search className="i ml-2.5 text-muted" aria-hidden="true" />
          <Input placeholder={placeholder} className="[&::-webkit-search-cancel-button]:hidden" />
          {!isEmpty && (
            <Button aria-label={t('action.clear')}>
              <X className="i-s" aria-hidden="true" />
            </Button>
          )}
        </Group>
      )}
    </AriaSearchField>
  )
}
