import * as z from 'zod'
import { line } from '~/domain/kernel/contract'
import { searchKinds } from './vocabulary'

export const Search = z.object({ q: line(100), limit: z.coerce.number().int().min(1).max(20).default(6) })
export const SearchPage = z.object({
  q: line(100), kind: z.enum(searchKinds), cursor: z.string().max(300).optional(), limit: z.coerce.number().int().min(1).max(100).default(25),
})
