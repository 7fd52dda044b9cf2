import type { NewsShown } from './types'

/** Whether this browser may show notifications; it is asked by a button in the settings, never here. */
export const mayNotify = (): boolean => 'Notification' in window && Notification.permission === 'granted'

/** Lets the browser say it where nobody looks at this tab. The tag makes several tabs say it once. */
export function browserSays({ title, body, href, tag }: NonNullable<NewsShown['show']>, open: (href: string) => void): void {
  if (!mayNotify() || document.hasFocus()) return
  const said = new Notification(title, { body, tag, icon: '/favicon.svg' })
  said.onclick = () => {
    window.focus()
    said.close()
    open(href)
  }
}
