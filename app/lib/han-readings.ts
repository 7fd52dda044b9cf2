import { pinyin } from 'pinyin-pro'

const RUNS_KEPT = 10_000
const NAME_LENGTH = 4
const COMBINATIONS = 8
const runs = new Map<string, readonly (readonly string[])[]>()

/**
 * Ways to read a run of Chinese characters, each as one syllable of pinyin a character without tones: as a surname at
 * its head and as a word (单雄信 is shan xiong xin and dan …); short runs, which may be names, under every usual
 * reading of their characters; ü as v, and as u for those who type it so.
 */
export function hanReadings(run: string): readonly (readonly string[])[] {
  const known = runs.get(run)
  if (known !== undefined) return known
  const found = new Map<string, readonly string[]>()
  const add = (syllables: readonly string[]) => {
    if (found.size < COMBINATIONS * 2) found.set(syllables.join(' '), syllables)
  }
  const base = (['head', 'off'] as const).map((surname) => pinyin(run, { toneType: 'none', type: 'array', v: true, surname }).map((syllable) => syllable.toLowerCase()))
  for (const syllables of base) add(syllables)
  if ([...run].length <= NAME_LENGTH) for (const syllables of combinations(run)) add(syllables)
  for (const syllables of [...found.values()]) if (syllables.some((each) => each.includes('v'))) add(syllables.map((each) => each.replace('v', 'u')))
  for (const syllables of base.slice(0, 1)) if (syllables.some((each) => each.includes('v'))) add(syllables.map((each) => each.replace('v', 'yu')))
  if (runs.size >= RUNS_KEPT) runs.clear()
  const readings = [...found.values()]
  runs.set(run, readings)
  return readings
}

function combinations(run: string): string[][] {
  let partial: string[][] = [[]]
  for (const character of run) {
    const options = [...new Set(pinyin(character, { toneType: 'none', type: 'array', multiple: true, v: true }).map((each) => each.toLowerCase()))]
    partial = partial.flatMap((before) => options.map((option) => [...before, option])).slice(0, COMBINATIONS)
  }
  return partial
}
