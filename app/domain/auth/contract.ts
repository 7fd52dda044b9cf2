import * as z from 'zod'
import { idOf, moment, requiredLine } from '../kernel/contract'
import { apiKeyScopes } from './vocabulary'

export const CreateApiKey = z.object({
  name: requiredLine(80),
  scopes: z.array(z.enum(apiKeyScopes, 'choice')).min(1, 'required').transform((scopes) => [...new Set(scopes)]),
  expiresAt: moment.nullish().transform((at) => at ?? null),
})
export const ApiKeyId = z.object({ keyId: idOf('key') })
export type CreateApiKeyInput = z.input<typeof CreateApiKey>

/** A password as typed: its rules are the policy's, asked where the account is known. */
export const typedPassword = z.string({ error: 'required' }).min(1, 'required').max(2_048, 'too-long')
export const typedEmail = z.string({ error: 'required' }).trim().min(1, 'required').max(254, 'email')
export const typedCode = z.string({ error: 'required' }).trim().min(6, 'code').max(60, 'code')
