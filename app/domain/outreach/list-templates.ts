import { mailRoute } from '~/platform/mail'
import { query } from '../kernel'
import { nothing } from '../kernel/contract'
import { templatesIn, type MailTemplate } from './template-rows'

/** `route`: whether mails leave this machine and from which address. */
export type TemplateList = { templates: MailTemplate[]; route: ReturnType<typeof mailRoute> }

/** Every template, those off the list too, and where mails go. */
export const listTemplates = query({
  name: 'template.list',
  permission: 'leads:read',
  input: nothing,
  run: async ({ ctx }): Promise<TemplateList> => ({ templates: await templatesIn(ctx), route: mailRoute() }),
})
