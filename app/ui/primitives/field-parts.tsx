import CircleAlert from 'lucide-react/icons/circle-alert'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FieldError, Label, Text } from 'react-aria-components'

export type FieldText = {
  label: string
  description?: ReactNode
  /** set it and the field is marked invalid */
  error?: string
  isRequired?: boolean
  /** says "optional" after the label */
  optional?: boolean
  className?: string
}

export function FieldLabel({ children, optional }: { children: string; optional?: boolean }) {
  const { t } = useTranslation()
  return (
    <Label className="field-label">
      {children}
      {optional === true && <small>{t('field.optional')}</small>}
    </Label>
  )
}

export function FieldNotes({ description, error }: Pick<FieldText, 'description' | 'error'>) {
  return (
    <>
      {description !== undefined && (
        <Text slot="description" className="field-hint">
          {description}
        </Text>
      )}
      <FieldError className="field-error">
        {({ validationErrors }) => (
          <>
            <CircleAlert className="i-s" aria-hidden="true" />
            {error ?? validationErrors.join(' ')}
          </>
        )}
      </FieldError>
    </>
  )
}
