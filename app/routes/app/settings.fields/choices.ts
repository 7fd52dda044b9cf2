type Choice = { key: string; en: string; zh: string }

/** Choices as they are typed: one a line, `English / 中文`. Those known keep their key by their place. */
export function choicesOf(text: string, known: readonly Choice[]): Choice[] {
  const taken = new Set(known.map(({ key }) => key))
  return text.split(/\r?\n/).map((each) => each.trim()).filter((each) => each !== '').map((each, at) => {
    const [en = '', zh = ''] = each.split('/').map((part) => part.trim())
    const old = known[at]
    if (old !== undefined) return { key: old.key, en, zh }
    const plain = en.normalize('NFKD').toLowerCase().replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '').slice(0, 30)
    let key = plain === '' ? `choice_${String(at + 1)}` : plain
    while (taken.has(key)) key = `${key}_${String(at + 1)}`
    taken.add(key)
    return { key, en, zh }
  })
}

export const choicesText = (choices: readonly Choice[]): string => choices.map(({ en, zh }) => (zh === '' ? en : `${en} / ${zh}`)).join('\n')
