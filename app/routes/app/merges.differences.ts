import { answerDifferent } from '~/domain/merging'
import { TwoDifferent } from '~/domain/merging/contract'
import { redirectTo, submit } from '~/http'

/** Two are not one: nobody is asked about them again. */
export const action = submit({ permission: 'leads:write', form: TwoDifferent }, async ({ ctx, input }) => {
  await answerDifferent(ctx, input)
  return redirectTo(`/merges?kind=${input.leftId.startsWith('per_') ? 'person' : 'company'}`)
})
