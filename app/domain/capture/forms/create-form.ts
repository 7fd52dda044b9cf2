import { newId, type Id } from '~/lib/ids'
import { LOCALES } from '~/lib/locales'
import { encrypt, randomToken } from '~/platform/crypto'
import { forms, sources } from '~db/schema'
import { command } from '../../kernel'
import { secretContext } from '../connected-source'
import { assertSourcePlaces, refuseTakenName } from '../source-places'
import { CreateForm } from '../contract'
import { firstDefinition } from './definition'

/** A form that was made: its own id, its source, and the key in its address. */
export type NewForm = { formId: Id<'frm'>; sourceId: Id<'src'>; formKey: string }

/**
 * Makes a form with the usual fields, and the source its leads come from. It takes nothing until it is published.
 * Refuses `name-taken`, and `not-found` for a channel, campaign, product line or member of nobody here.
 */
export const createForm = command({
  name: 'form.create',
  permission: 'sources:write',
  input: CreateForm,
  async run({ tx, ctx, input, audit, emit }): Promise<NewForm> {
    const { name, language, ...places } = input
    await assertSourcePlaces(tx, ctx, places)
    const [formId, sourceId, formKey] = [newId('frm'), newId('src'), randomToken(24)]
    await refuseTakenName(() => tx.transaction((step) => step.insert(sources).values({
      orgId: ctx.orgId, id: sourceId, connector: 'form', name, key: formKey, secret: encrypt(randomToken(32), secretContext(sourceId)), ...places,
      settings: {}, status: 'active', createdAt: ctx.now,
    })))
    const draft = firstDefinition(language === 'both' ? [...LOCALES] : [language], name)
    await tx.insert(forms).values({ orgId: ctx.orgId, id: formId, sourceId, status: 'draft', draft, createdAt: ctx.now, updatedAt: ctx.now })
    await audit(formId, { after: { name, sourceId, ...places } })
    await emit('form.changed', { formId })
    return { formId, sourceId, formKey }
  },
})
