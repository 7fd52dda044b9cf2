import { useEffect, useState } from 'react'

const KEY = 'clew-fair'
const NAMES = ['channelId', 'campaignId', 'productLineId'] as const
type Kept = Partial<Record<(typeof NAMES)[number], string>>

/** A trade fair: channel, campaign and product line stay for the next card until it is switched off. */
export function useFair() {
  const [kept, setKept] = useState<Kept | null>(null)
  const [isReady, setReady] = useState(false)
  useEffect(() => {
    try {
      setKept(JSON.parse(localStorage.getItem(KEY) ?? 'null') as Kept | null)
    } catch {
      localStorage.removeItem(KEY)
    }
    setReady(true)
  }, [])
  const write = (form: HTMLFormElement) => localStorage.setItem(KEY, JSON.stringify(chosen(form)))
  return {
    isOn: kept !== null, kept: kept ?? {}, isReady: isReady && kept !== null,
    turn(on: boolean, form: HTMLFormElement | null) {
      if (!on || form === null) {
        localStorage.removeItem(KEY)
        setKept(null)
        return
      }
      write(form)
      setKept((before) => before ?? chosen(form))
    },
    note(form: HTMLFormElement) {
      if (kept !== null) write(form)
    },
  }
}

function chosen(form: HTMLFormElement): Kept {
  const typed = new FormData(form)
  return Object.fromEntries(NAMES.map((name) => [name, String(typed.get(name) ?? '')]))
}
