import { expect, it } from 'vitest'
import { roleOfTitle } from '~/domain/leads/role-of-title'

it.each([
  ['总监', 'decision_maker'], ['采购总监', 'decision_maker'], ['总经理', 'decision_maker'], ['副总', 'decision_maker'], ['CEO', 'decision_maker'],
  ['Director of Engineering', 'decision_maker'], ['VP Sales', 'decision_maker'], ['Chief Technology Officer', 'decision_maker'], ['Ｃ ＥＯ'.replace(' ', ''), 'decision_maker'],
  ['采购', 'buyer'], ['采购经理', 'buyer'], ['Purchasing Manager', 'buyer'], ['Senior Buyer', 'buyer'],
  ['工程师', 'user'], ['高级工程师', 'user'], ['Process Engineer', 'user'], ['总经理助理', 'contact'], ['Assistant to the Director', 'contact'],
  ['销售', 'contact'], ['Directory editor', 'contact'], ['Headhunter', 'contact'], ['', 'contact'], [null, 'contact'],
])('%s is %s', (title, role) => {
  expect(roleOfTitle(title)).toBe(role)
})
