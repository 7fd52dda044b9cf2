import { ClientOnly } from './client-only'
import { lazy, Suspense } from 'react'
import type { ReactNode } from 'react'

export type DateFieldProps = { name?: string; label: string; description?: string; error?: string; min?: string; max?: string; isRequired?: boolean; optional?: boolean }
export type DatePickerProps = DateFieldProps & { defaultValue?: string | null; onChange?: (day: string | null) => void }
export type DayRange = { from: string; to: string }
export type DateRangePickerProps = Omit<DateFieldProps, 'name'> & { fromName?: string; toName?: string; defaultValue?: DayRange | null; onChange?: (range: DayRange | null) => void }

const LazyDatePicker = lazy(() => import('./date-picker.parts').then((parts) => ({ default: parts.DatePickerParts })))
const LazyRangePicker = lazy(() => import('./date-picker.parts').then((parts) => ({ default: parts.DateRangePickerParts })))

/** Days as "2026-11-21". The browser's own control until the calendar has loaded, and without JavaScript. */
export function DatePicker(props: DatePickerProps) {
  const native = (
    <Native label={props.label}>
      <input type="date" className="input" aria-label={props.label} name={props.name} defaultValue={props.defaultValue ?? ''} min={props.min} max={props.max} required={props.isRequired} />
    </Native>
  )
  return <ClientOnly fallback={native}>{() => <Suspense fallback={native}>{<LazyDatePicker {...props} />}</Suspense>}</ClientOnly>
}

export function DateRangePicker(props: DateRangePickerProps) {
  const native = (
    <Native label={props.label}>
      <span className="flex gap-2">
        <input type="date" className="input" aria-label={`${props.label} 1`} name={props.fromName} defaultValue={props.defaultValue?.from ?? ''} min={props.min} max={props.max} />
        <input type="date" className="input" aria-label={`${props.label} 2`} name={props.toName} defaultValue={props.defaultValue?.to ?? ''} min={props.min} max={props.max} />
      </span>
    </Native>
  )
  return <ClientOnly fallback={native}>{() => <Suspense fallback={native}>{<LazyRangePicker {...props} />}</Suspense>}</ClientOnly>
}

function Native({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="field">
      <span className="field-label">{label}</span>
      {children}
    </div>
  )
}
