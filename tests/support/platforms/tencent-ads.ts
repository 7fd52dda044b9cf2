import { fakeList, inChina, pageOf, type FakePlatform } from './fake-lists'

/** Tencent's lead list; its settings are `access_token`, `account_id`, `api_base`. Beyond 5,000 only by the last lead. */
export const fakeTencentAds = (): FakePlatform => fakeList({
  tokenOf: ({ query }) => query.get('access_token') ?? '',
  notPermitted: { code: 11000, message: 'Access token is expired.', message_cn: '您的 access_token 已过期' },
  tooMany: { code: 11017, message: 'Application has reached the request limit per minute.', message_cn: '应用请求已达分钟频次上限' },
  answer: ({ query }, { leads }) => {
    const range = JSON.parse(query.get('time_range') ?? '{}') as { start_time: number; end_time: number }
    const size = Number(query.get('page_size'))
    const after = query.get('last_search_after_values')
    const before = after === null ? undefined : Number((JSON.parse(after) as [string, string])[0])
    const page = Number(query.get('page') ?? '1')
    if (before === undefined && page * size > 5_000) return { code: 12_101, message: 'page is too deep', message_cn: '超出最大翻页' }
    const { items, total } = pageOf(leads.filter(({ at }) => before === undefined || at.getTime() < before), range.start_time * 1000, range.end_time * 1000, page, size)
    return {
      code: 0, message: '', message_cn: '',
      data: {
        leads_info: items.map(({ id, at, name, phone, isTest }) => ({
          account_id: '#20000001', leads_id: `#${id}`, adgroup_id: '#90071992547409933', adgroup_name: '组1', leads_name: name, leads_telephone: phone, leads_create_time: inChina(at),
          leads_action_time: inChina(at), leads_source: isTest === true ? 'AD_PREVIEW' : 'LEADS_SOURCE_AD', bundle: '{"公司":"示例"}',
        })),
        page_info: { page, page_size: size, total_number: total, total_page: Math.ceil(total / size) },
      },
    }
  },
})
