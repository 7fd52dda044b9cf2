import { getInputProps, type FieldMetadata } from '@conform-to/react'
import Eye from 'lucide-react/icons/eye'
import EyeOff from 'lucide-react/icons/eye-off'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FieldFrame, type FieldProps } from './fields'

/** Paste and password managers work; the eye appears once there is script. */
export function PasswordField({ autoComplete, autoFocus, ...frame }: FieldProps & { autoComplete: 'current-password' | 'new-password'; autoFocus?: boolean }) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(false)
  const { key, ...props } = getInputProps(frame.field as FieldMetadata<string>, { type: 'password' })
  const Icon = shown ? EyeOff : Eye
  return (
    <FieldFrame {...frame}>
      <span className="input input-group focus-within:border-info focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-info">
        <input key={key} {...props} type={shown ? 'text' : 'password'} autoComplete={autoComplete} autoFocus={autoFocus} />
        <button type="button" aria-pressed={shown} aria-label={shown ? t('field.hidePassword') : t('field.showPassword')} onClick={() => setShown(!shown)}>
          <Icon className="i" aria-hidden="true" />
        </button>
      </span>
    </FieldFrame>
  )
}
