import { checkClash } from '~/domain/capture'
import { KnownContact } from '~/domain/capture/contract'
import { submit } from '~/http'

/** Whom a lead being typed in clashes with. Posted, so that a number stands in no address and no log. */
export const action = submit({ permission: 'leads:write', form: KnownContact }, async ({ ctx, input }) => ({ clash: await checkClash(ctx, input) }))

/** Asking changes nothing on the page. */
export const shouldRevalidate = (): boolean => false
