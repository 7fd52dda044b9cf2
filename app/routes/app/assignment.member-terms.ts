import * as z from 'zod'
import { setMemberTerms } from '~/domain/assignment'
import { backTo, submit } from '~/http'
import type { Id } from '~/lib/ids'

const words = z.string().optional().transform((text) => (text ?? '').split(/[,，;；\s]+/u).map((word) => word.trim().toLowerCase()).filter((word) => word !== ''))
const Terms = z.object({ openCap: z.string().optional(), languages: words, skills: words, takesLeads: z.string().optional() })

export const action = submit({ permission: 'assignment:write', form: Terms }, ({ ctx, input, params }) =>
  backTo('/assignment', () => setMemberTerms(ctx, { ...input, openCap: input.openCap, takesLeads: input.takesLeads !== undefined, memberId: params['memberId'] as Id<'mem'> })))
