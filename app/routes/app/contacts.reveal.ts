import { revealContact } from '~/domain/people'
import { RevealContact } from '~/domain/people/contract'
import { submit } from '~/http'

/** Shows one masked number or address to whoever asked; it is noted and counted. */
export const action = submit({ permission: 'contacts:reveal', form: RevealContact }, ({ ctx, input }) => revealContact(ctx, input))
