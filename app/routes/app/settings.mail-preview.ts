import { previewTemplate } from '~/domain/outreach'
import { PreviewTemplate } from '~/domain/outreach/contract'
import { submit } from '~/http'

/** How a template being written would read. A form, because a text does not fit an address; it changes nothing. */
export const action = submit({ permission: 'leads:read', form: PreviewTemplate }, ({ ctx, input }) => previewTemplate(ctx, input))
