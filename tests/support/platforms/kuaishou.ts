import { fakeList, fromChina, inChina, pageOf, type FakePlatform } from './fake-lists'

type Question = { start_time: string; end_time: string; page: number; page_size: number }

/** Kuaishou's clue list; its settings are `access_token`, `advertiser_id`, `api_base`. */
export const fakeKuaishou = (): FakePlatform => fakeList({
  tokenOf: ({ headers }) => String(headers['access-token'] ?? ''),
  notPermitted: { code: 402_001, message: 'access_token 已过期' },
  tooMany: { code: 402_007, message: '请求频率超限' },
  answer: ({ body }, { leads }) => {
    const { start_time: since, end_time: until, page, page_size: size } = body as Question
    const { items, total } = pageOf(leads, fromChina(since), fromChina(until), page, size)
    return {
      code: 0, message: 'OK',
      data: { total_count: total, details: items.map(({ id, at, name, phone }) => ({ id: `#${id}`, user_name: name, phone, account_id: '#20006545', source_type: 1, create_time: inChina(at), clue_source: { dsp_campaign_id: '#153644601223348225' } })) },
    }
  },
})
