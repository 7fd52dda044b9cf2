import { Link, useFetcher } from '@remix-run/react'
import type { RefObject } from 'react'
import { Dialog, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Skeleton } from '../primitives/skeleton'
import { NoticeRow } from './notice-row'
import { useReadAll } from './use-read-all'
import type { NewsShown } from './types'

/** The newest notifications beside the bell; loaded when it is first opened. */
export function BellPanel({ anchor, news, close }: { anchor: RefObject<HTMLAnchorElement | null>; news: NewsShown | undefined; close: () => void }) {
  const { t } = useTranslation('shell')
  const reading = useFetcher()
  const readAll = useReadAll()
  return (
    <Popover className="pop bell-pop" triggerRef={anchor} isOpen onOpenChange={(open) => { if (!open) close() }} placement="bottom start" offset={6}>
      <Dialog className="outline-none" aria-label={t('bell.title')}>
        <div className="flex items-center gap-3 border-b border-line px-3 py-2">
          <h2 className="text-13 font-semibold">{t('bell.title')}</h2>
          {(news?.unread ?? 0) > 0 && <button type="button" className="btn btn-s btn-quiet ml-auto" onClick={readAll}>{t('bell.readAll')}</button>}
        </div>
        {news === undefined ? <div className="p-3"><Skeleton /></div> : news.lines.length === 0 ? <p className="px-3 py-6 text-center text-13 text-muted">{t('bell.none')}</p> : (
          <ul className="max-h-[60dvh] overflow-y-auto">
            {news.lines.map((line) => (
              <NoticeRow key={line.id} line={line} now={news.now} onOpen={() => {
                if (line.readAt === null) void reading.submit({ noticeId: line.id }, { method: 'post', action: '/notifications/read' })
                close()
              }} />
            ))}
          </ul>
        )}
        <div className="border-t border-line px-3 py-2 text-13"><Link to="/notifications" className="lnk" onClick={close}>{t('bell.all')}</Link></div>
      </Dialog>
    </Popover>
  )
}
