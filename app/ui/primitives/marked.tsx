/** A text with the parts that matched a search marked; positions are those of the text. */
export function Marked({ text, ranges }: { text: string; ranges: readonly (readonly [number, number])[] }) {
  const parts: { text: string; isMarked: boolean; at: number }[] = []
  let done = 0
  for (const [from, to] of ranges) {
    if (from > done) parts.push({ text: text.slice(done, from), isMarked: false, at: done })
    if (to > from) parts.push({ text: text.slice(from, to), isMarked: true, at: from })
    done = Math.max(done, to)
  }
  if (done < text.length) parts.push({ text: text.slice(done), isMarked: false, at: done })
  return <span>{parts.map((part) => (part.isMarked ? <mark key={part.at} className="hit-mark">{part.text}</mark> : <span key={part.at}>{part.text}</span>))}</span>
}
