import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeliveryDetail } from '~/domain/capture'
import { PageSection } from '~/ui/layout/page-header'
import { Button } from '~/ui/primitives/button'
import { CopyButton } from '~/ui/primitives/copy-button'

/** What was sent, as text and never as markup; only for those who may read it. Keys and tokens are covered. */
export function DeliveryContent({ maySee, content }: { maySee: boolean; content: DeliveryDetail['content'] }) {
  const { t } = useTranslation('sources')
  const [isPretty, setPretty] = useState(false)
  const [sought, setSought] = useState('')
  const body = content?.body ?? ''
  const pretty = useMemo(() => indented(body), [body])
  if (content === null) return <PageSection title={t('delivery.body')}><p className="text-13 text-muted">{maySee ? t('delivery.bodyNone') : t('delivery.bodyRefused')}</p></PageSection>
  const headers = Object.entries(content.headers).map(([name, value]) => `${name}: ${value}`).join('\n')
  const text = isPretty && pretty !== null ? pretty : body
  const count = sought === '' ? 0 : text.toLowerCase().split(sought.toLowerCase()).length - 1
  return (
    <>
      {headers !== '' && <PageSection title={t('delivery.headers')} aside={<CopyButton value={headers} />}><Text label={t('delivery.headers')} text={headers} sought="" /></PageSection>}
      <PageSection title={t('delivery.body')} aside={<CopyButton value={text} />}>
        <div className="mb-2 flex flex-wrap items-center gap-2">
          <input type="search" value={sought} onChange={(event) => setSought(event.target.value)} placeholder={t('delivery.find')} aria-label={t('delivery.find')} className="input w-56 max-w-full" autoComplete="off" />
          <span role="status" className="text-12 text-muted">{sought === '' ? '' : t('delivery.found', { count })}</span>
          {pretty !== null && <span className="ml-auto"><Button size="s" aria-pressed={isPretty} onPress={() => setPretty(!isPretty)}>{t(isPretty ? 'delivery.raw' : 'delivery.pretty')}</Button></span>}
        </div>
        <Text label={t('delivery.body')} text={text} sought={sought} />
        <p className="mt-1 text-12 text-muted">{t('delivery.covered')}{content.isCut ? ` ${t('delivery.cut')}` : ''}</p>
      </PageSection>
    </>
  )
}

function Text({ label, text, sought }: { label: string; text: string; sought: string }) {
  return <pre tabIndex={0} role="region" aria-label={label} className="max-h-96 overflow-auto whitespace-pre-wrap break-all rounded-md border border-line p-3 text-12">{marked(text, sought)}</pre>
}

const MOST_MARKS = 500

function marked(text: string, sought: string) {
  if (sought === '') return text
  const parts: (string | { hit: string; at: number })[] = []
  const low = text.toLowerCase()
  let from = 0
  for (let at = low.indexOf(sought.toLowerCase()); at >= 0 && parts.length < MOST_MARKS; at = low.indexOf(sought.toLowerCase(), from)) {
    parts.push(text.slice(from, at), { hit: text.slice(at, at + sought.length), at })
    from = at + sought.length
  }
  return [...parts, text.slice(from)].map((part) => (typeof part === 'string' ? part : <mark key={part.at} className="rounded-sm bg-warn-wash text-text">{part.hit}</mark>))
}

// Spaces outside strings only: numbers beyond 2^53 and repeated names stay as they were sent.
function indented(body: string): string | null {
  try {
    JSON.parse(body)
  } catch {
    return null
  }
  let depth = 0
  return body.replace(/"(?:[^"\\]|\\.)*"|[{}[\],:]|\s+/g, (part) => {
    if (part.trim() === '') return ''
    if (part === ':') return ': '
    if (part === ',') return `,\n${'  '.repeat(depth)}`
    if (part === '{' || part === '[') return `${part}\n${'  '.repeat((depth += 1))}`
    return part === '}' || part === ']' ? `\n${'  '.repeat((depth = Math.max(0, depth - 1)))}${part}` : part
  })
}
