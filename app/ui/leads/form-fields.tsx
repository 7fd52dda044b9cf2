import { useId, type ReactNode } from 'react'

type FieldProps = { label: string; children: (id: string) => ReactNode }

/** Label above its control. Plain controls: they work on a phone, with a keyboard, and without script. */
export function PlainField({ label, children }: FieldProps) {
  const id = useId()
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  )
}

export type Choice<T extends string> = { value: T; label: string }

export function SelectRow<T extends string>({ label, name, choices, empty, defaultValue }: { label: string; name: string; choices: readonly Choice<T>[]; empty?: string; defaultValue?: string }) {
  return (
    <PlainField label={label}>
      {(id) => (
        <select id={id} name={name} className="input" defaultValue={defaultValue ?? ''}>
          {empty !== undefined && <option value="">{empty}</option>}
          {choices.map(({ value, label: text }) => <option key={value} value={value}>{text}</option>)}
        </select>
      )}
    </PlainField>
  )
}

/** A few answers side by side, one of them chosen. */
export function SegmentRow<T extends string>({ label, name, choices, value, onChange }: { label: string; name: string; choices: readonly Choice<T>[]; value: T | null; onChange?: (value: T) => void }) {
  return (
    <fieldset className="check-row">
      <legend>{label}</legend>
      <span className="seg seg-radio">
        {choices.map((choice) => (
          <label key={choice.value}>
            <input type="radio" name={name} value={choice.value} className="sr" {...(onChange === undefined ? { defaultChecked: choice.value === value } : { checked: choice.value === value, onChange: () => onChange(choice.value) })} />
            <span>{choice.label}</span>
          </label>
        ))}
      </span>
    </fieldset>
  )
}
