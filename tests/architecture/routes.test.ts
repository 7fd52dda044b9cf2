import { describe, expect, it } from 'vitest'
import { sourcesIn, textOf } from './sources'

// A page with parts is a folder whose page is `route.tsx`; the other files there are its parts.
function pages(paths: readonly string[]): string[] {
  const folders = paths.filter((path) => /\/route\.tsx?$/.test(path)).map((path) => path.replace(/route\.tsx?$/, ''))
  return paths.filter((path) => /\/route\.tsx?$/.test(path) || !folders.some((folder) => path.startsWith(folder)))
}

// What neither loads, acts nor shows is shared by pages beside it.
const isPage = (text: string) => /^export (?:default |(?:const|(?:async )?function) (?:loader|action)\b|\{[^}]*\b(?:loader|action|default)\b)/m.test(text)
const files = pages(sourcesIn('app/routes').filter(({ text }) => isPage(text)).map(({ path }) => path.replace(/^app\//, '')))
const listed = [...`${textOf('app/routes.ts')}\n${textOf('app/routes.doors.ts')}`.matchAll(/['"`](?:\.\/)?(routes\/[\w$./-]+\.tsx?)['"`]/g)].map((match) => match[1] ?? '')

describe('routes', () => {
  it('every page is in the table of contents', () => {
    expect(files.filter((file) => !listed.includes(file))).toEqual([])
  })

  it('the table of contents names pages that exist', () => {
    expect(listed.length).toBeGreaterThan(0)
    expect(listed.filter((file) => !files.includes(file))).toEqual([])
  })

  it('every page has a name for its tab', () => {
    // Frames around pages, a page that only sends on, and a part of the mailbox.
    const unnamed = ['app/workspace.tsx', 'app/settings.tsx', 'app/home.tsx', 'auth/frame/route.tsx', 'dev/mailbox.mail.tsx'].map((path) => `routes/${path}`)
    const shown = files.filter((file) => /^export default function/m.test(textOf(`app/${file}`)))
    expect(shown.filter((file) => !unnamed.includes(file) && !/^export const handle: PageHandle/m.test(textOf(`app/${file}`)))).toEqual([])
  })

  it('tells pages from their parts', () => {
    expect(pages(['routes/a.tsx', 'routes/b/route.tsx', 'routes/b/part.tsx'])).toEqual(['routes/a.tsx', 'routes/b/route.tsx'])
  })
})
