import type { Id } from '~/lib/ids'
import { DomainError, inTransaction, type Context } from '../kernel'
import { noRules, type AssignmentRule, type RuleSet } from './contract'
import { ruleSetIn } from './rule-set-rows'
import { saveDraft } from './rule-sets'

/** Changes the draft of the rules, which begins as what is in force. Refuses as `saveDraft` does. */
export function editDraft(ctx: Context, change: (rules: RuleSet) => RuleSet): Promise<{ draftId: Id<'ars'> }> {
  return inTransaction(ctx, 'read write', async (tx) => {
    const now = (await ruleSetIn(tx, 'draft')) ?? (await ruleSetIn(tx, 'published'))
    return saveDraft({ ...ctx, tx }, { rules: change(now?.rules ?? noRules) })
  })
}

/** The rules with this one in its place, or at the end where it is new. */
export const withRule = (rules: RuleSet, rule: AssignmentRule): RuleSet => ({
  ...rules, rules: rules.rules.some(({ key }) => key === rule.key) ? rules.rules.map((each) => (each.key === rule.key ? rule : each)) : [...rules.rules, rule],
})

/** The rules without one of them. Refuses `not-found`. */
export function withoutRule(rules: RuleSet, key: string): RuleSet {
  const left = rules.rules.filter((rule) => rule.key !== key)
  if (left.length === rules.rules.length) throw new DomainError('not-found')
  return { ...rules, rules: left }
}

/** A rule one place up (-1) or down (1). Refuses `not-found`. */
export function withRuleMoved(rules: RuleSet, key: string, by: -1 | 1): RuleSet {
  const list = [...rules.rules]
  const from = list.findIndex((rule) => rule.key === key)
  const [moved] = from === -1 ? [] : list.splice(from, 1)
  if (moved === undefined) throw new DomainError('not-found')
  list.splice(Math.max(0, from + by), 0, moved)
  return { ...rules, rules: list }
}

/** A named account and whose it is; nobody takes it off the list. */
export const withNamed = (rules: RuleSet, account: string, memberId: Id<'mem'> | null): RuleSet => ({
  ...rules, named: [...rules.named.filter((each) => each.account !== account), ...(memberId === null ? [] : [{ account, memberId }])],
})
