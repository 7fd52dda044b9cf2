import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod'
import { outcomeChoices } from '~/domain/leads'
import { keysOf, setKeys } from '~/domain/orgs'
import { isUsableKey, remappableKeys, type RemappableKey } from '~/domain/orgs/vocabulary'
import { page, submit } from '~/http'
import { PageBody, PageHeader } from '~/ui/layout/page-header'
import type { PageHandle } from '~/ui/layout/page-title'
import { useLeadWords } from '~/ui/leads/lead-words'

export const handle: PageHandle = { title: 'shortcuts' }

type LetterKey = Exclude<RemappableKey, `${number}`>
const key = z.string().trim().toLowerCase().refine(isUsableKey, 'not-a-key').optional()
const Keys = z.object({ enabled: z.literal('on').optional(), ...Object.fromEntries(remappableKeys.map((usual) => [`key-${usual}`, key])) })

export const loader = page({ permission: 'leads:read' }, async ({ ctx }) => ({ mine: await keysOf(ctx, {}), outcomes: await outcomeChoices(ctx, {}) }))

export const action = submit({ permission: 'leads:read', form: Keys }, ({ ctx, input }) => {
  const { enabled, ...own } = input as Record<string, string | undefined>
  return setKeys(ctx, { enabled: enabled === 'on', keys: Object.fromEntries(remappableKeys.flatMap((usual) => (own[`key-${usual}`] === undefined ? [] : [[usual, own[`key-${usual}`]]]))) })
})

/** Single keys: off, or others for some actions. Stored with the member, so they are the same on every machine. */
export default function ShortcutsPage() {
  const { t } = useTranslation('orgs')
  const { mine, outcomes } = useLoaderData<typeof loader>()
  const words = useLeadWords()
  const answer = useActionData<typeof action>()
  const problems: Record<string, readonly string[] | undefined> = answer !== undefined && 'refusal' in answer && answer.refusal !== undefined ? (answer.refusal as { fields?: Record<string, string[]> }).fields ?? {} : {}
  // A digit stands for the outcome at its place in the organisation's list; one without an outcome does nothing.
  const nameOf = (usual: RemappableKey) => (usual >= '1' && usual <= '9' ? outcomes[Number(usual) - 1] : usual)
  const actions = remappableKeys.flatMap((usual) => { const said = nameOf(usual); return said === undefined ? [] : [{ usual, name: typeof said === 'string' ? t(`shortcuts.act.${said as LetterKey}`) : words.outcome(said) }] })
  const refused = answer !== undefined && answer.done === undefined
  const moved = remappableKeys.filter((usual) => mine.keys[usual] !== undefined).length
  return (
    <>
      <PageHeader title={mine.enabled ? t('shortcuts.titleOn', { count: moved }) : t('shortcuts.titleOff')} />
      <PageBody narrow>
        <Form method="post" className="flex flex-col gap-4 pb-8">
          {answer?.done !== undefined && <p role="status" className="rounded-md bg-won-wash px-3 py-2 text-13 text-won">{t('profile.saved')}</p>}
          {refused && <p role="alert" className="form-alert">{t('shortcuts.refused')}</p>}
          <p className="text-13 text-muted">{t('shortcuts.about')}</p>
          <label className="flex min-h-8 items-center gap-2 text-14"><input type="checkbox" name="enabled" defaultChecked={mine.enabled} />{t('shortcuts.enabled')}</label>
          <fieldset className="grid gap-x-8 sm:grid-cols-2">
            <legend className="mb-1 text-12 text-muted">{t('shortcuts.own')}</legend>
            {actions.map(({ usual, name }) => (
              <label key={usual} className="flex min-h-11 items-center justify-between gap-4 border-b border-line text-13">
                <span>{name} {problems[usual] !== undefined && <span className="text-breach">{t('shortcuts.taken')}</span>}</span>
                <input name={`key-${usual}`} className="input w-16 text-center" maxLength={1} autoComplete="off" defaultValue={mine.keys[usual] ?? usual} />
              </label>
            ))}
          </fieldset>
          <div className="flex gap-2"><button className="btn btn-next" type="submit">{t('shortcuts.save')}</button></div>
        </Form>
      </PageBody>
    </>
  )
}
