import * as z from 'zod'
import { idOf, line, requiredLine } from '../kernel/contract'

export const OnePerson = z.object({ personId: idOf('per') })
export const OneCompany = z.object({ companyId: idOf('co') })
export const UpdatePerson = z.object({ personId: idOf('per'), name: requiredLine(120), title: line(120).default('') })
export const UpdateCompany = z.object({ companyId: idOf('co'), name: requiredLine(200), industry: line(100).default(''), city: line(100).default('') })
