/** One entry of a calendar. `uid` never changes; `sequence` counts its changes up. */
export type CalendarEvent = { uid: string; sequence: number; at: Date; minutes: number; summary: string; url: string | null; isCancelled: boolean; changedAt: Date }
export type Calendar = { name: string; events: readonly CalendarEvent[] }

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** A calendar as a file: CRLF, lines of at most 75 octets, times in UTC. Source: RFC 5545 §3.1, §3.3.5, §3.3.11, §3.6.1. */
export function writeCalendar({ name, events }: Calendar): string {
  const lines = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Clew//Tasks//EN', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', `X-WR-CALNAME:${escapeText(name)}`,
    ...events.flatMap((event) => [
      'BEGIN:VEVENT', `UID:${escapeText(event.uid)}`, `DTSTAMP:${utc(event.changedAt)}`, `SEQUENCE:${String(event.sequence)}`, `DTSTART:${utc(event.at)}`, `DURATION:PT${String(event.minutes)}M`,
      `SUMMARY:${escapeText(event.summary)}`, ...(event.url === null ? [] : [`URL:${event.url}`]), `STATUS:${event.isCancelled ? 'CANCELLED' : 'CONFIRMED'}`, 'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${foldLine(line)}\r\n`).join('')
}

/** Text with what has a meaning in a calendar escaped; line breaks become \n, other control characters go. */
export function escapeText(text: string): string {
  return text.replaceAll(/\\/g, '\\\\').replaceAll(';', '\\;').replaceAll(',', '\\,').replaceAll(/\r\n|\r|\n/g, '\\n').replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
}

/** A line in pieces of at most 75 octets, each next one behind CRLF and a blank; characters stay whole. */
export function foldLine(line: string): string {
  const bytes = encoder.encode(line)
  if (bytes.length <= 75) return line
  const parts: string[] = []
  for (let from = 0; from < bytes.length;) {
    let to = Math.min(from + (parts.length === 0 ? 75 : 74), bytes.length)
    // The second and later octets of a character begin with the bits 10.
    while (to < bytes.length && ((bytes[to] ?? 0) & 0xc0) === 0x80) to -= 1
    parts.push(decoder.decode(bytes.subarray(from, to)))
    from = to
  }
  return parts.join('\r\n ')
}

const utc = (at: Date): string => `${at.toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z`
