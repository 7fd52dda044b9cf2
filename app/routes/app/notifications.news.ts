import { noticeNews } from '~/domain/notifications'
import { NoticeNews } from '~/domain/notifications/contract'
import { page } from '~/http'

export const loader = page({ permission: 'leads:read', search: NoticeNews.pick({ noticeId: true }) }, async ({ ctx, search, viewer }) => ({ ...(await noticeNews(ctx, { ...search, locale: viewer.locale })), now: ctx.now }))
