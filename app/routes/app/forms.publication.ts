import * as z from 'zod'
import { publishForm } from '~/domain/capture'
import { doneOrBack, submit } from '~/http'

/** Makes the draft the live form. */
export const action = submit({ permission: 'sources:write', form: z.object({}) }, async ({ ctx, params, request }) =>
  doneOrBack(request, `/forms/${params['formId'] ?? ''}`, await publishForm(ctx, { formId: params['formId'] as never })),
)
