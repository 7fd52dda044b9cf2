import { parseDate } from '@internationalized/date'
import CalendarDays from 'lucide-react/icons/calendar-days'
import ChevronLeft from 'lucide-react/icons/chevron-left'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { useTranslation } from 'react-i18next'
import {
  Button, Calendar, CalendarCell, CalendarGrid, DateInput, DatePicker as AriaDatePicker, DateRangePicker as AriaDateRangePicker, DateSegment, Dialog,
  Group, Heading, Popover, RangeCalendar, type DateValue,
} from 'react-aria-components'
import type { DatePickerProps, DateRangePickerProps } from './date-picker'
import { FieldLabel, FieldNotes } from './field-parts'

const day = (text: string | null | undefined) => (text === null || text === undefined || text === '' ? undefined : parseDate(text))

function limits(min?: string, max?: string) {
  return { minValue: day(min), maxValue: day(max) }
}

export function DatePickerParts({ name, label, description, error, min, max, isRequired, optional, defaultValue, onChange }: DatePickerProps) {
  const { t } = useTranslation()
  return (
    <AriaDatePicker<DateValue> name={name} className="field" isRequired={isRequired} isInvalid={error !== undefined} defaultValue={day(defaultValue)} {...limits(min, max)} onChange={(value) => onChange?.(value === null ? null : value.toString())} shouldForceLeadingZeros>
      <FieldLabel optional={optional}>{label}</FieldLabel>
      <Group className="input input-group">
        <DateInput className="segments">{(segment) => <DateSegment segment={segment} className="segment" />}</DateInput>
        <Button aria-label={t('field.openCalendar')}>
          <CalendarDays className="i" aria-hidden="true" />
        </Button>
      </Group>
      <FieldNotes description={description} error={error} />
      <Popover className="pop" offset={4}>
        <Dialog className="pop-pad outline-none" aria-label={label}>
          <Calendar className="calendar calendar-single">
            <MonthHead />
            <CalendarGrid>{(date) => <CalendarCell date={date} className="day" />}</CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </AriaDatePicker>
  )
}

export function DateRangePickerParts({ fromName, toName, label, description, error, min, max, isRequired, optional, defaultValue, onChange }: DateRangePickerProps) {
  const { t } = useTranslation()
  const [start, end] = [day(defaultValue?.from), day(defaultValue?.to)]
  return (
    <AriaDateRangePicker<DateValue>
      startName={fromName}
      endName={toName}
      className="field"
      isRequired={isRequired}
      isInvalid={error !== undefined}
      defaultValue={start === undefined || end === undefined ? undefined : { start, end }}
      {...limits(min, max)}
      onChange={(range) => onChange?.(range === null ? null : { from: range.start.toString(), to: range.end.toString() })}
      shouldForceLeadingZeros
    >
      <FieldLabel optional={optional}>{label}</FieldLabel>
      <Group className="input input-group">
        <DateInput slot="start" className="segments !flex-none">{(segment) => <DateSegment segment={segment} className="segment" />}</DateInput>
        <span aria-hidden="true" className="text-faint">–</span>
        <DateInput slot="end" className="segments">{(segment) => <DateSegment segment={segment} className="segment" />}</DateInput>
        <Button aria-label={t('field.openCalendar')}>
          <CalendarDays className="i" aria-hidden="true" />
        </Button>
      </Group>
      <FieldNotes description={description} error={error} />
      <Popover className="pop" offset={4}>
        <Dialog className="pop-pad outline-none" aria-label={label}>
          <RangeCalendar className="calendar">
            <MonthHead />
            <CalendarGrid>{(date) => <CalendarCell date={date} className="day" />}</CalendarGrid>
          </RangeCalendar>
        </Dialog>
      </Popover>
    </AriaDateRangePicker>
  )
}

function MonthHead() {
  return (
    <header>
      <Button slot="previous" className="btn btn-quiet btn-icon btn-s">
        <ChevronLeft className="i" aria-hidden="true" />
      </Button>
      <Heading />
      <Button slot="next" className="btn btn-quiet btn-icon btn-s">
        <ChevronRight className="i" aria-hidden="true" />
      </Button>
    </header>
  )
}
