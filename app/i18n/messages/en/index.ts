// The types of `t()` come from English. A new namespace is one line in `work.ts` or, unless the queue says it, in `rest.ts`.
import { rest } from './rest'
import { work } from './work'

export const messages = { ...work, ...rest }
