import { useCallback, useEffect, useState } from 'react'
import { hangUp, markCall } from './call-mark'

const KEY = 'clew-call'
type Call = { leadId: string; startedAt: number }

function kept(): Call | null {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    return typeof found === 'object' && found !== null && 'leadId' in found && 'startedAt' in found ? (found as Call) : null
  } catch {
    return null
  }
}

/** The call one has dialled and not logged yet. It outlives the page: a phone closes the browser while one speaks. */
export function useCall(leadId: string) {
  const [call, setCall] = useState<Call | null>(null)
  useEffect(() => setCall(kept()), [leadId])
  const start = useCallback(() => {
    const started = { leadId, startedAt: Date.now() }
    localStorage.setItem(KEY, JSON.stringify(started))
    setCall(started)
    markCall(leadId)
  }, [leadId])
  const end = useCallback(() => {
    localStorage.removeItem(KEY)
    setCall(null)
    hangUp(leadId)
  }, [leadId])
  const own = call?.leadId === leadId ? call : null
  return { startedAt: own === null ? null : new Date(own.startedAt), start, end }
}

/** Minutes and seconds since a moment, as the field of a call's length takes them; a day is the most that is believed. */
export function lengthSince(startedAt: Date, now: number): string {
  const seconds = Math.max(0, Math.min(86_400, Math.round((now - startedAt.getTime()) / 1000)))
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`
}
