import { useCallback, useEffect, useReducer } from 'react'
import type { QueueLead } from '~/ui/leads/types'

export type Counts = { now: number; later: number; done: number; fresh: number; overdue: number; near: number }
/** `outcome` as the organisation calls it. */
export type Gone = { row: QueueLead; index: number; outcome: string | null }
export type QueueState = { rows: QueueLead[]; gone: Gone[]; currentId: string | null; counts: Counts; problems: Record<string, string> }

export type QueueAction =
  | { type: 'loaded'; rows: QueueLead[]; counts: Counts; isWhole: boolean }
  | { type: 'more'; rows: QueueLead[] }
  | { type: 'chosen'; id: string }
  | { type: 'left'; id: string; outcome: string | null; counts: boolean }
  | { type: 'returned'; id: string; problem: string | null; counts: boolean }

const withoutProblem = (problems: QueueState['problems'], id: string) => Object.fromEntries(Object.entries(problems).filter(([key]) => key !== id))

/** What the numbers over the list become when a lead leaves (-1) or comes back (1); `done` only where it was contacted. */
function counted(counts: Counts, { reason }: QueueLead, by: -1 | 1, isContact: boolean): Counts {
  const moved = (count: number, applies: boolean) => (applies ? Math.max(0, count + by) : count)
  return {
    now: moved(counts.now, reason !== 'later' && reason !== 'done'), later: moved(counts.later, reason === 'later'), done: isContact && reason !== 'done' ? Math.max(0, counts.done - by) : counts.done,
    fresh: moved(counts.fresh, reason === 'fresh'), overdue: moved(counts.overdue, reason === 'callback'), near: moved(counts.near, reason === 'sla_due' || reason === 'sla_breached'),
  }
}

/** The queue as the rep has left it, ahead of the server; what the server refuses comes back to its place. */
export function queueReducer(state: QueueState, action: QueueAction): QueueState {
  switch (action.type) {
    case 'loaded': {
      const gone = new Set(state.gone.map(({ row }) => row.id))
      const first = new Set(action.rows.map(({ id }) => id))
      // Rows that came while scrolling stand below the first page and stay until the page is opened anew.
      const scrolled = action.isWhole ? [] : state.rows.slice(action.rows.length).filter(({ id }) => !first.has(id))
      const rows = [...action.rows, ...scrolled].filter(({ id }) => !gone.has(id))
      const stays = rows.some(({ id }) => id === state.currentId) || state.currentId !== null
      return { ...state, rows, counts: action.counts, currentId: stays ? state.currentId : (rows[0]?.id ?? null) }
    }
    case 'more': {
      const known = new Set([...state.rows, ...state.gone.map(({ row }) => row)].map(({ id }) => id))
      return { ...state, rows: [...state.rows, ...action.rows.filter(({ id }) => !known.has(id))] }
    }
    case 'chosen': return { ...state, currentId: action.id }
    case 'left': {
      const index = state.rows.findIndex(({ id }) => id === action.id)
      const row = state.rows[index]
      if (row === undefined) return state
      const rows = state.rows.filter(({ id }) => id !== action.id)
      const next = rows[index] ?? rows[index - 1]
      return {
        rows, gone: [...state.gone, { row, index, outcome: action.outcome }], currentId: next?.id ?? null,
        counts: counted(state.counts, row, -1, action.counts), problems: withoutProblem(state.problems, action.id),
      }
    }
    case 'returned': {
      const back = state.gone.find(({ row }) => row.id === action.id)
      if (back === undefined) return state
      const rows = [...state.rows.slice(0, back.index), back.row, ...state.rows.slice(back.index)]
      const problems = action.problem === null ? withoutProblem(state.problems, action.id) : { ...state.problems, [action.id]: action.problem }
      return {
        rows, gone: state.gone.filter((each) => each !== back), currentId: action.problem === null ? action.id : state.currentId, problems,
        counts: counted(state.counts, back.row, 1, action.counts),
      }
    }
  }
}

export function useQueue(rows: QueueLead[], counts: Counts, openId: string | null, isWhole: boolean) {
  const [state, dispatch] = useReducer(queueReducer, { rows, gone: [], currentId: openId ?? rows[0]?.id ?? null, counts, problems: {} })
  useEffect(() => {
    dispatch({ type: 'loaded', rows, counts, isWhole })
  }, [rows, counts, isWhole])
  const move = useCallback((by: 1 | -1) => {
    const index = state.rows.findIndex(({ id }) => id === state.currentId)
    const next = state.rows[Math.min(state.rows.length - 1, Math.max(0, index + by))]
    if (next !== undefined) dispatch({ type: 'chosen', id: next.id })
  }, [state.rows, state.currentId])
  return { state, dispatch, move }
}
