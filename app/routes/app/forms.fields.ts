import * as z from 'zod'
import { editedFields, updateForm } from '~/domain/capture'
import { doneOrBack, submit } from '~/http'

/** What the form asks, as the page of fields says it; one field may be added, moved or removed with it. */
export const action = submit({ permission: 'sources:write', form: z.looseObject({}) }, async ({ ctx, input, params, request }) =>
  doneOrBack(request, `/forms/${params['formId'] ?? ''}`, await updateForm(ctx, { formId: params['formId'] as never, definition: editedFields(input) })),
)
