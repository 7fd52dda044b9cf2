import { getInputProps, getSelectProps, getTextareaProps, type FieldMetadata } from '@conform-to/react'
import { clsx } from 'clsx'
import CircleAlert from 'lucide-react/icons/circle-alert'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** `field` comes from useActionForm: `const [form, fields] = useActionForm<…>(…)`, then `fields.email`. */
export type FieldProps = {
  field: FieldMetadata<unknown, Record<string, unknown>, string[]> | AnyField
  label: string
  description?: ReactNode
  optional?: boolean
  className?: string
}

// conform's metadata is invariant in its schema; the wrappers read only the parts every field has.
type AnyField = Pick<FieldMetadata<string | undefined>, 'id' | 'name' | 'formId' | 'errors' | 'errorId' | 'descriptionId' | 'initialValue' | 'valid' | 'key' | 'required'>

const asField = (field: FieldProps['field']) => field as FieldMetadata<string>
const describedBy = (description: ReactNode, field: FieldProps['field']) => ({ ariaDescribedBy: description === undefined ? undefined : field.descriptionId })

/** Label, control, description and error in one place, for controls of one's own too. */
export function FieldFrame({ field, label, description, optional, className, children }: FieldProps & { children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className={clsx('field', className)}>
      <label className="field-label" htmlFor={field.id}>
        {label}
        {optional === true && <small>{t('field.optional')}</small>}
      </label>
      {children}
      <FieldFoot field={field} description={description} />
    </div>
  )
}

function FieldFoot({ field, description }: Pick<FieldProps, 'field' | 'description'>) {
  return (
    <>
      {description !== undefined && (
        <p id={field.descriptionId} className="field-hint">
          {description}
        </p>
      )}
      {field.errors !== undefined && (
        <p id={field.errorId} className="field-error">
          <CircleAlert className="i-s" aria-hidden="true" />
          {field.errors.join(' ')}
        </p>
      )}
    </>
  )
}

export type InputFieldProps = FieldProps & {
  type?: 'text' | 'email' | 'tel' | 'url' | 'password' | 'search' | 'date' | 'datetime-local' | 'number' | 'file' | 'time' | 'color'
  placeholder?: string
  autoComplete?: string
  inputMode?: 'decimal' | 'numeric' | 'tel' | 'email' | 'url' | 'text'
  autoFocus?: boolean
  accept?: string
  min?: string | number
  max?: string | number
  step?: string | number
  list?: string
  /** unit after the number: "CNY", "%" */
  unit?: string
}

/** Any one-line input; money as `inputMode="decimal"` with `unit={currency}`. */
export function InputField({ field, label, description, optional, className, type = 'text', unit, ...rest }: InputFieldProps) {
  const { key, ...props } = getInputProps(asField(field), { type, ...describedBy(description, field) })
  const input = <input key={key} {...props} {...rest} className={unit === undefined ? clsx('input', type === 'file' && 'py-1') : 'text-right tn'} />
  return (
    <FieldFrame field={field} label={label} description={description} optional={optional} className={className}>
      {unit === undefined ? (
        input
      ) : (
        <span className="input input-group focus-within:border-info focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-info">
          {input}
          <span className="pr-2.5 text-12 text-muted">{unit}</span>
        </span>
      )}
    </FieldFrame>
  )
}

export function TextareaField({ field, label, description, optional, className, rows = 4, placeholder }: FieldProps & { rows?: number; placeholder?: string }) {
  const { key, ...props } = getTextareaProps(asField(field), describedBy(description, field))
  return (
    <FieldFrame field={field} label={label} description={description} optional={optional} className={className}>
      <textarea key={key} {...props} rows={rows} placeholder={placeholder} className="input" />
    </FieldFrame>
  )
}

export type FieldOption = { id: string; label: string; description?: string; isDisabled?: boolean }

/** The browser's own select: quick on a phone, works without JavaScript. */
export function SelectField({ field, label, description, optional, className, options, placeholder }: FieldProps & { options: readonly FieldOption[]; placeholder?: string }) {
  const { t } = useTranslation()
  const { key, ...props } = getSelectProps(asField(field), describedBy(description, field))
  return (
    <FieldFrame field={field} label={label} description={description} optional={optional} className={className}>
      <select key={key} {...props} className="input">
        <option value="">{placeholder ?? t('field.choose')}</option>
        {options.map((option) => (
          <option key={option.id} value={option.id} disabled={option.isDisabled}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  )
}

export function CheckboxField({ field, label, description, className }: FieldProps) {
  const { key, ...props } = getInputProps(asField(field), { type: 'checkbox', ...describedBy(description, field) })
  return (
    <div className={clsx('field', className)}>
      <label className="check">
        <input key={key} {...props} className="native-check" />
        <span>{label}</span>
      </label>
      <FieldFoot field={field} description={description} />
    </div>
  )
}

export function RadioField({ field, label, description, optional, className, options, inline }: FieldProps & { options: readonly FieldOption[]; inline?: boolean }) {
  const { t } = useTranslation()
  return (
    <fieldset className={clsx('field', className)} aria-describedby={field.valid ? undefined : field.errorId}>
      <legend className="field-label mb-1">
        {label}
        {optional === true && <small>{t('field.optional')}</small>}
      </legend>
      <div className={clsx('flex', inline === true ? 'flex-wrap gap-x-5' : 'flex-col')}>
        {options.map((option) => (
          <label key={option.id} className="check">
            <input type="radio" name={field.name} form={field.formId} value={option.id} defaultChecked={field.initialValue === option.id} disabled={option.isDisabled} className="native-check" />
            <span>
              {option.label}
              {option.description !== undefined && <span className="opt-desc">{option.description}</span>}
            </span>
          </label>
        ))}
      </div>
      <FieldFoot field={field} description={description} />
    </fieldset>
  )
}
