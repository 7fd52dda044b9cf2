import { fakeList, fromChina, inChina, pageOf, type FakePlatform } from './fake-lists'

type Question = { header: { accessToken: string }; body: { solutionType: string; startDate: string; endDate: string; pageNo: number; pageSize: number } }

/** Baidu's notice list; its settings are `access_token`, `user_name`, `api_base`. Every lead is a form. */
export const fakeBaidu = (): FakePlatform => fakeList({
  tokenOf: ({ body }) => (body as Question).header.accessToken,
  notPermitted: { header: { desc: 'failure', status: 3, failures: [{ code: 8303, message: 'token is invalid' }] }, body: {} },
  tooMany: { header: { desc: 'failure', status: 3, failures: [{ code: 8904, message: 'quota exceeded' }] }, body: {} },
  answer: ({ body }, { leads }) => {
    const { solutionType, startDate, endDate, pageNo, pageSize } = (body as Question).body
    const { items, total } = solutionType === 'form' ? pageOf(leads, fromChina(startDate), fromChina(endDate), pageNo, pageSize) : { items: [], total: 0 }
    return {
      header: { desc: 'success', status: 0, failures: [] },
      body: { data: [{ totalNum: total, noticeDetailList: items.map(({ id, at, name, phone }) => ({ clueId: `#${id}`, commitTime: inChina(at), solutionTypeName: '表单', cluePhoneNumber: phone, userName: name, campaignId: '#9007199254740993', campaignName: '品牌词' })) }] },
    }
  },
})
