import { expect, it } from 'vitest'
import { matchRanges, nameFit, type NameFit } from '~/lib/name-match'

// How well a name fits what was typed: it orders what is found, so each line was thought about.
const fits: [typed: string, name: string, fit: NameFit][] = [
  ['张伟', '张伟', 'exact'], ['張偉', '张伟', 'exact'], ['zhangwei', '张伟', 'exact'], ['zhang wei', '张伟', 'exact'], ['张', '张伟', 'beginning'], ['zh', '张伟', 'beginning'], ['zw', '张伟', 'beginning'], ['伟', '张伟', 'words'], ['李', '张伟', 'none'],
  ['shanxiongxin', '单雄信', 'exact'], ['danxiongxin', '单雄信', 'exact'], ['zeng', '曾国强', 'beginning'], ['yuchi', '尉迟雪梅', 'beginning'], ['ycxm', '尉迟雪梅', 'beginning'], ['qiu', '仇英杰', 'beginning'], ['lvbu', '吕布', 'exact'], ['lubu', '吕布', 'exact'],
  ['müller', 'Müller', 'exact'], ['mueller', 'Müller', 'exact'], ['muller', 'Müller', 'exact'], ['mull', 'Jürgen Müller', 'words'], ['jürgen müller', 'Jürgen Müller', 'exact'], ['weiss', 'Franz Weiß', 'words'], ['franz w', 'Franz Weiß', 'beginning'],
  ['ＺＨＡＮＧ', '张伟', 'beginning'], ['', '张伟', 'none'], ['。', '张伟', 'none'],
]
it.each(fits)('%s fits %s: %s', (typed, name, fit) => {
  expect(nameFit(typed, name)).toBe(fit)
})

const marks: [typed: string, name: string, marked: string[]][] = [
  ['张', '张伟', ['张']], ['wei', '张伟', ['伟']], ['zhangwei', '张伟', ['张伟']], ['zw', '张伟', ['张伟']], ['張', '张伟', ['张']], ['偉', '張偉', ['偉']], ['hengtai', '杭州恒泰机械', ['恒泰']], ['mull', 'Jürgen Müller', ['Müll']], ['mueller', 'Jürgen Müller', ['Müller']],
  ['strasse', 'Straße 5', ['Straße']], ['jürgen müller', 'Jürgen Müller', ['Jürgen', 'Müller']], ['x', '张伟', []],
]
it.each(marks)('%s marks in %s: %j', (typed, name, marked) => {
  expect(matchRanges(typed, name).map(([from, to]) => name.slice(from, to))).toEqual(marked)
})
