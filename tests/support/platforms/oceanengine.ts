import { fakeList, fromChina, inChina, pageOf, type FakePlatform } from './fake-lists'

/** Ocean Engine's clue list; its settings are `access_token`, `advertiser_id`, `api_base`. */
export const fakeOceanengine = (): FakePlatform => fakeList({
  tokenOf: ({ headers }) => String(headers['access-token'] ?? ''),
  notPermitted: { code: 40105, message: 'access_token无效', request_id: 'r' },
  tooMany: { code: 40100, message: '请求过于频繁', request_id: 'r' },
  answer: ({ query }, { leads }) => {
    const [page, size] = [Number(query.get('page')), Number(query.get('page_size'))]
    const { items, total } = pageOf(leads, fromChina(query.get('start_time') ?? ''), fromChina(query.get('end_time') ?? ''), page, size)
    return {
      code: 0, message: 'OK', request_id: 'r',
      data: {
        page_info: { page, page_size: size, total_number: total, total_page: Math.ceil(total / size) },
        list: items.map(({ id, at, name, phone, isTest }) => ({
          clue_id: `#${id}`, advertiser_id: '#1700000000000001', promotion_id: '#7310000000000000001', promotion_name: '秋季', name, telephone: phone, clue_source: isTest === true ? 4 : 1, clue_type: 0,
          create_time: inChina(at).slice(0, 10), create_time_detail: inChina(at),
        })),
      },
    }
  },
})
