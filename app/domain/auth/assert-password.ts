import { DomainError } from '~/domain/kernel'
import { passwordProblems, type PasswordRules } from './password-policy'

/** Refuses `weak-password` with the problems, keys of the messages, at `password` (or the field named). */
export function assertPassword(password: string, rules: PasswordRules, field = 'password'): void {
  const problems = passwordProblems(password, rules)
  if (problems.length > 0) throw new DomainError('weak-password', { fields: { [field]: problems } })
}
