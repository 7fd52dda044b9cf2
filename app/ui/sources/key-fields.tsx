import type { FieldMetadata } from '@conform-to/react'
import { useTranslation } from 'react-i18next'
import { CheckboxField, InputField, type FieldProps } from '../forms/fields'
import { PasswordField } from '../forms/password-field'

export type AskedKey = { name: string; kind: 'secret' | 'text' | 'switch' | 'address'; isRequired: boolean; isMade: boolean; fallback: string | null; isSet?: boolean }
export type KeyWords = Readonly<Record<string, { label: string; hint: string }>>
type Fieldset = Record<string, FieldMetadata<string> | undefined>

/** What a connector wants to know beside its secret, in the words of its guide. A stored secret is never shown: empty keeps it. */
export function KeyFields({ fields, fieldset, words }: { fields: readonly AskedKey[]; fieldset: Fieldset; words: KeyWords }) {
  const { t } = useTranslation('sources')
  return fields.map(({ name, kind, isRequired, isMade, fallback, isSet }) => {
    const field = fieldset[name]
    if (field === undefined) return null
    const { label = name, hint = '' } = words[name] ?? {}
    const more = isSet === true && kind === 'secret' ? t('keys.keep') : isMade ? t('keys.made') : ''
    const description = [hint, more].filter((part) => part !== '').join(' ')
    const frame: FieldProps = { field, label, description: description === '' ? undefined : description, optional: !isRequired || isMade || isSet === true }
    if (kind === 'switch') return <CheckboxField key={name} field={field} label={label} description={frame.description} />
    if (kind === 'secret') return <PasswordField key={name} {...frame} autoComplete="new-password" />
    return <InputField key={name} {...frame} type={kind === 'address' ? 'url' : 'text'} placeholder={fallback ?? undefined} autoComplete="off" />
  })
}
