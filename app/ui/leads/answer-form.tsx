import { useFetcher } from '@remix-run/react'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../primitives/button'
import { Dialog } from '../primitives/dialog'
import type { Answer } from './types'
import { useRefusal } from './use-refusal'

export type AnswerDialogProps = {
  title: string
  action: string
  isOpen: boolean
  close: () => void
  /** after the verb has done it, with what it answered */
  onDone?: (done: unknown) => void
  submitLabel: string
  danger?: boolean
  children: ReactNode
}

/** A short form in a dialog: the server answers, refusals are said above the fields, nothing typed is lost. */
export function AnswerDialog({ title, action, isOpen, close, onDone, submitLabel, danger, children }: AnswerDialogProps) {
  return (
    <Dialog title={title} isOpen={isOpen} onOpenChange={(open) => { if (!open) close() }}>
      {isOpen && <AnswerForm action={action} close={close} onDone={onDone} submitLabel={submitLabel} danger={danger}>{children}</AnswerForm>}
    </Dialog>
  )
}

function AnswerForm({ action, close, onDone, submitLabel, danger, children }: Omit<AnswerDialogProps, 'title' | 'isOpen'>) {
  const { t } = useTranslation()
  const fetcher = useFetcher<Answer>()
  const refusal = useRefusal()
  const done = useRef<unknown>(undefined)
  const answer = fetcher.state === 'idle' ? fetcher.data : undefined
  useEffect(() => {
    if (answer?.done === undefined || done.current === answer) return
    done.current = answer
    onDone?.(answer.done)
    close()
  }, [answer, close, onDone])
  const problem = refusal(answer)
  return (
    <fetcher.Form method="post" action={action} className="flex flex-col gap-4">
      {problem !== null && (
        <p role="alert" className="form-alert">
          <CircleAlert className="i" aria-hidden="true" />
          <span>{problem}</span>
        </p>
      )}
      {children}
      <div className="flex justify-end gap-2 pt-1">
        <Button onPress={close}>{t('action.cancel')}</Button>
        <Button type="submit" variant={danger === true ? 'danger' : 'next'} isPending={fetcher.state !== 'idle'}>{submitLabel}</Button>
      </div>
    </fetcher.Form>
  )
}
