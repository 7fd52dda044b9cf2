import type { SubmissionResult } from '@conform-to/react'
import { useMemo, useRef } from 'react'

/** What an action answers (see `Submitted` of http): codes, not words. */
export type CodedAnswer = { reply?: SubmissionResult; refusal?: { code: string; params: Record<string, string | number> } } | undefined
/** Says a code in the reader's language; `field` is null for what concerns the whole form. */
export type Say = (code: string, field: string | null, params: Record<string, string | number>) => string

/** The answer for `useActionForm`, its codes said in words: the same object for the same answer, or the form would loop. */
export function useSaid(answer: CodedAnswer, say: Say): SubmissionResult<string[]> | undefined {
  const latest = useRef(say)
  latest.current = say
  return useMemo(() => said(answer, (...given) => latest.current(...given)), [answer])
}

function said(answer: CodedAnswer, say: Say): SubmissionResult<string[]> | undefined {
  const reply = answer?.reply
  if (reply === undefined) return undefined
  const params = answer?.refusal?.params ?? {}
  const words = ([field, codes]: [string, string[] | null]): [string, string[] | null] => [field, codes?.map((code) => say(code, field === '' ? null : field, params)) ?? null]
  const error = reply.error && Object.fromEntries(Object.entries(reply.error).map(words))
  return { ...reply, error }
}
