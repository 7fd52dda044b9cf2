/** What the numbers of a page mean, folded away. */
export function Definitions({ summary, items }: { summary: string; items: readonly { term: string; is: string }[] }) {
  return (
    <details className="chart-data max-w-[90ch]">
      <summary>{summary}</summary>
      <dl className="mt-2 grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1 max-sm:grid-cols-1">
        {items.map(({ term, is }) => (
          <div key={term} className="contents">
            <dt className="font-medium text-text">{term}</dt>
            <dd>{is}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
