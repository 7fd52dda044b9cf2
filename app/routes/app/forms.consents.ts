import * as z from 'zod'
import { editedConsents, updateForm } from '~/domain/capture'
import { doneOrBack, submit } from '~/http'

/** The consents a form asks for. Words that were live stay in its history. */
export const action = submit({ permission: 'sources:write', form: z.looseObject({}) }, async ({ ctx, input, params, request }) =>
  doneOrBack(request, `/forms/${params['formId'] ?? ''}?tab=consent`, await updateForm(ctx, { formId: params['formId'] as never, definition: editedConsents(input) })),
)
