import { useBeforeUnload, useBlocker, type Location } from '@remix-run/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { hangUp } from '~/ui/leads/call-mark'

/** A call that runs or has ended without a word about it. `wants`: where the rep was going when the gate closed. */
export type Call = { leadId: string; startedAt: number; wants: (() => void) | null }

const whichQueue = ({ pathname, search }: Location): string => {
  const asked = new URLSearchParams(search)
  return [pathname, asked.get('tab') ?? 'now', asked.get('of') ?? ''].join('|')
}

/** The gate after a call: whoever called says what happened, or keeps a draft, before going on. */
export function useCall() {
  const [call, setCall] = useState<Call | null>(null)
  const blocker = useBlocker(({ currentLocation, nextLocation }) => call !== null && whichQueue(currentLocation) !== whichQueue(nextLocation))
  const isBlocked = blocker.state === 'blocked'
  useBeforeUnload(useCallback((event: BeforeUnloadEvent) => { if (call !== null) event.preventDefault() }, [call]))
  useHangUpOnLeave(call?.leadId ?? null)
  const proceed = blocker.state === 'blocked' ? blocker.proceed : null
  return {
    call: call === null ? null : { ...call, wants: call.wants ?? proceed },
    isGated: call !== null && (call.wants !== null || isBlocked),
    begin: (leadId: string) => setCall((known) => (known?.leadId === leadId ? known : { leadId, startedAt: Date.now(), wants: null })),
    /** Goes on, or closes the gate where the lead at hand was called and nothing said of it. */
    guarded: (leadId: string | null, go: () => void) => {
      if (call === null || call.leadId !== leadId) return go()
      setCall({ ...call, wants: go })
    },
    stay: () => {
      if (blocker.state === 'blocked') blocker.reset()
      setCall((known) => (known === null ? null : { ...known, wants: null }))
    },
    /** Something was said, or a draft kept: the gate opens and where the rep wanted to go follows. */
    end: (goesOn: boolean) => {
      const wants = call?.wants ?? proceed
      setCall(null)
      if (goesOn) wants?.()
    },
  }
}
export type CallGate = ReturnType<typeof useCall>

/** Whoever goes away does not call any more: the page that closes says so, and the part of it that is taken down. */
function useHangUpOnLeave(leadId: string | null): void {
  const latest = useRef(leadId)
  latest.current = leadId
  useEffect(() => {
    const leave = () => { if (latest.current !== null) hangUp(latest.current) }
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [])
}
