import { FormProvider, getFormProps, useForm, type DefaultValue, type FormMetadata, type SubmissionResult } from '@conform-to/react'
import { Form, useNavigation, type FetcherWithComponents, type FormProps } from '@remix-run/react'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, type ButtonProps } from '../primitives/button'

type Fields = Record<string, unknown>

export type ActionFormOptions<Schema extends Fields> = {
  id: string
  /** `useActionData()?.result` or `fetcher.data?.result`: what the action answered with 422 */
  result?: SubmissionResult<string[]> | null
  defaultValue?: DefaultValue<Schema>
}

/** Fields typed by the schema's input, errors from the server's answer. zod stays on the server. */
export function useActionForm<Schema extends Fields>({ id, result, defaultValue }: ActionFormOptions<Schema>) {
  return useForm<Schema>({ id, lastResult: result, defaultValue, shouldValidate: 'onSubmit', shouldRevalidate: 'onSubmit' })
}

export type ActionFormProps<Schema extends Fields> = Omit<FormProps, 'id' | 'onSubmit' | 'onReset'> & {
  form: FormMetadata<Schema, string[]>
  fetcher?: FetcherWithComponents<unknown>
  children: ReactNode
}

/** Posts like any form; after a 422 the first wrong field has the focus and the number of mistakes is said. */
export function ActionForm<Schema extends Fields>({ form, fetcher, children, className = 'flex flex-col gap-4', ...rest }: ActionFormProps<Schema>) {
  const Element = fetcher?.Form ?? Form
  return (
    <FormProvider context={form.context}>
      <Element method="post" {...getFormProps(form)} {...rest} className={className}>
        <FormAlert form={form} />
        {children}
      </Element>
    </FormProvider>
  )
}

function FormAlert<Schema extends Fields>({ form }: { form: FormMetadata<Schema, string[]> }) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const failed = form.status === 'error'
  const wrong = Object.keys(form.allErrors).filter((name) => name !== '')
  useEffect(() => {
    if (!failed) return
    const first = box.current?.closest('form')?.querySelector<HTMLElement>('[aria-invalid="true"]')
    ;(first ?? box.current)?.focus()
  }, [failed, form.allErrors])
  if (!failed) return null
  const own = form.errors ?? []
  return (
    <div ref={box} role="alert" tabIndex={-1} id={form.errorId} className="form-alert">
      <CircleAlert className="i" aria-hidden="true" />
      <span>{own.length > 0 ? own.join(' ') : t('form.fix', { count: wrong.length })}</span>
    </div>
  )
}

/** Submits the form around it; busy while that form's action runs. */
export function SubmitButton({ children, fetcher, variant = 'next', ...rest }: Omit<ButtonProps, 'type' | 'isPending'> & { fetcher?: FetcherWithComponents<unknown> }) {
  const navigation = useNavigation()
  const busy = fetcher === undefined ? navigation.state !== 'idle' && navigation.formMethod === 'POST' : fetcher.state !== 'idle'
  return (
    <Button {...rest} type="submit" variant={variant} isPending={busy}>
      {children}
    </Button>
  )
}
