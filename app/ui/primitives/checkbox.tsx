import { clsx } from 'clsx'
import Check from 'lucide-react/icons/check'
import Minus from 'lucide-react/icons/minus'
import type { ReactNode } from 'react'
import {
  Checkbox as AriaCheckbox, Radio as AriaRadio, RadioGroup as AriaRadioGroup, Switch as AriaSwitch,
  type CheckboxProps as AriaCheckboxProps, type RadioGroupProps as AriaRadioGroupProps, type SwitchProps as AriaSwitchProps,
} from 'react-aria-components'
import { FieldLabel, FieldNotes, type FieldText } from './field-parts'
import type { Option } from './select'

/** Without children give `aria-label`; the target stays 24 px. */
export function Checkbox({ children, className, ...rest }: Omit<AriaCheckboxProps, 'children' | 'className' | 'style'> & { children?: ReactNode; className?: string }) {
  return (
    <AriaCheckbox {...rest} className={clsx('check', children === undefined && 'check-bare', className)}>
      {({ isSelected, isIndeterminate }) => (
        <>
          <span className="check-box">{isIndeterminate ? <Minus className="i-s" aria-hidden="true" /> : isSelected && <Check className="i-s" aria-hidden="true" />}</span>
          {children}
        </>
      )}
    </AriaCheckbox>
  )
}

export function Switch({ children, className, ...rest }: Omit<AriaSwitchProps, 'children' | 'className' | 'style'> & { children?: ReactNode; className?: string }) {
  return (
    <AriaSwitch {...rest} className={clsx('check', className)}>
      <span className="switch-track" />
      {children}
    </AriaSwitch>
  )
}

export type RadioGroupProps = Omit<AriaRadioGroupProps, 'children' | 'className' | 'style'> & FieldText & { options: readonly Option[]; inline?: boolean }

export function RadioGroup({ label, description, error, optional, className, options, inline, ...rest }: RadioGroupProps) {
  return (
    <AriaRadioGroup {...rest} isInvalid={error !== undefined || rest.isInvalid} className={clsx('field', className)}>
      <FieldLabel optional={optional}>{label}</FieldLabel>
      <div className={clsx('flex', inline === true ? 'flex-wrap gap-x-5' : 'flex-col')}>
        {options.map((option) => (
          <AriaRadio key={option.id} value={option.id} isDisabled={option.isDisabled} className="check">
            <span className="radio-dot" />
            <span>
              {option.label}
              {option.description !== undefined && <span className="opt-desc">{option.description}</span>}
            </span>
          </AriaRadio>
        ))}
      </div>
      <FieldNotes description={description} error={error} />
    </AriaRadioGroup>
  )
}
