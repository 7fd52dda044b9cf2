import { useFetcher } from '@remix-run/react'
import type { Answer, TimelineEntryView } from '~/ui/leads/types'
import { useRefusal } from '~/ui/leads/use-refusal'

/** Takes an entry of the timeline back; what was refused is said on the page. */
export function useUndo() {
  const fetcher = useFetcher<Answer>()
  const refusal = useRefusal()
  const addressOf = (entry: TimelineEntryView): string | null => {
    if (entry.kind === 'activity' && entry.undoneAt === null) return `/activities/${entry.id}/undoing`
    return entry.kind === 'move' && entry.undoes === null && !entry.isUndone ? `/moves/${entry.id}/undoing` : null
  }
  return {
    problem: fetcher.state === 'idle' ? refusal(fetcher.data) : null,
    of(entry: TimelineEntryView): (() => void) | null {
      const action = addressOf(entry)
      return action === null ? null : () => fetcher.submit({}, { method: 'post', action })
    },
  }
}
