import * as z from 'zod'

/** A form's field that holds JSON, for what has no flat shape. */
export const jsonText = <S extends z.ZodType>(schema: S) =>
  z.string().transform((text, context) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.addIssue({ code: 'custom', message: 'invalid' })
      return z.NEVER
    }
  }).pipe(schema as never) as unknown as z.ZodType<z.output<S>, string>
