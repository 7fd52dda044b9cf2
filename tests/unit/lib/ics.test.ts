import { describe, expect, it } from 'vitest'
import { escapeText, foldLine, writeCalendar } from '~/lib/ics'

const bytes = (text: string) => Buffer.byteLength(text)
const unfold = (text: string) => text.replaceAll('\r\n ', '')

describe('folding (RFC 5545 §3.1)', () => {
  it('keeps a line of 75 octets, folds one of 76', () => {
    expect(foldLine('x'.repeat(75))).toBe('x'.repeat(75))
    expect(foldLine('x'.repeat(76))).toBe(`${'x'.repeat(75)}\r\n x`)
  })

  it('takes nothing away: the example of the RFC comes back whole', () => {
    const line = 'DESCRIPTION:This is a lo\r\n ng description\r\n  that exists on a long line.'
    expect(unfold(line)).toBe('DESCRIPTION:This is a long description that exists on a long line.')
    const long = `DESCRIPTION:${'This is a long description that exists on a long line. '.repeat(8)}`
    expect(unfold(foldLine(long))).toBe(long)
  })

  it.each([0, 1, 2, 3])('never cuts a Chinese character or an emoji, whatever stands before it (%i)', (shift) => {
    const line = `SUMMARY:${'x'.repeat(shift)}${'回访恒泰机械🏭'.repeat(20)}`
    const folded = foldLine(line)
    expect(unfold(folded)).toBe(line)
    for (const part of folded.split('\r\n')) expect(bytes(part)).toBeLessThanOrEqual(75)
    expect(folded).not.toContain('\ufffd')
  })
})

it('escapes what has a meaning (RFC 5545 §3.3.11)', () => {
  expect(escapeText('Project XYZ Final Review\nConference Room - 3B\nCome Prepared.')).toBe('Project XYZ Final Review\\nConference Room - 3B\\nCome Prepared.')
  expect(escapeText('a;b,c\\d\r\nEND:VEVENT\u0000')).toBe('a\\;b\\,c\\\\d\\nEND:VEVENT')
})

it('writes an event with its times in UTC, its sequence, and whether it was cancelled', () => {
  const event = { uid: 'tsk_1@clew', sequence: 2, at: new Date('1997-07-14T17:00:00Z'), minutes: 15, summary: 'Bastille Day Party', url: 'https://clew.example/leads/1', isCancelled: false, changedAt: new Date('1997-06-10T17:23:45.123Z') }
  expect(writeCalendar({ name: 'Clew', events: [event, { ...event, uid: 'tsk_2@clew', isCancelled: true, url: null }] })).toBe([
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Clew//Tasks//EN', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', 'X-WR-CALNAME:Clew',
    'BEGIN:VEVENT', 'UID:tsk_1@clew', 'DTSTAMP:19970610T172345Z', 'SEQUENCE:2', 'DTSTART:19970714T170000Z', 'DURATION:PT15M', 'SUMMARY:Bastille Day Party', 'URL:https://clew.example/leads/1', 'STATUS:CONFIRMED', 'END:VEVENT',
    'BEGIN:VEVENT', 'UID:tsk_2@clew', 'DTSTAMP:19970610T172345Z', 'SEQUENCE:2', 'DTSTART:19970714T170000Z', 'DURATION:PT15M', 'SUMMARY:Bastille Day Party', 'STATUS:CANCELLED', 'END:VEVENT',
    'END:VCALENDAR', '',
  ].join('\r\n'))
})
