import { archiveForm } from '~/domain/capture'
import { ArchiveForm } from '~/domain/capture/contract'
import { submit } from '~/http'

/** Puts a form away, or brings it back. */
export const action = submit({ permission: 'sources:write', form: ArchiveForm.omit({ formId: true }) }, ({ ctx, input, params }) =>
  archiveForm(ctx, { ...input, formId: params['formId'] as never }),
)
