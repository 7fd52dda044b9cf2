import * as z from 'zod'
import { idOf, line, requiredLine } from '../kernel/contract'

export const OnePerson = z.object({ personId: idOf('per') })
export const OneCompany = z.object({ companyId: idOf('co') })
export const UpdatePerson = z.object({ personId: idOf('per'), name: requiredLine(120), title: line(120).default('') })
export const UpdateCompany = z.object({ companyId: idOf('co'), name: requiredLine(200), industry: line(100).default(''), city: line(100).default('') })
/** One number or address, named by its key, of a person or of a company. */
export const RevealContact = z.object({ key: z.string().regex(/^[0-9a-f]{24}$/, 'not-an-id'), personId: idOf('per').optional(), companyId: idOf('co').optional(), leadId: idOf('lead').optional() })
  .refine(({ personId, companyId }) => (personId === undefined) !== (companyId === undefined), { message: 'required', path: ['personId'] })
const cap = z.coerce.number({ error: 'required' }).int('not-a-number').min(0, 'not-a-number').max(1_000_000, 'too-many')
/** Numbers revealed and leads exported by a member in a day. */
export const SetContactRules = z.object({ revealCap: cap, exportCap: cap })
