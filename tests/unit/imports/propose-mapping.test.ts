import { describe, expect, it } from 'vitest'
import { proposeMapping } from '~/domain/capture/imports/propose-mapping'

const nobody = () => Promise.resolve(0)
const fieldsOf = async (kind: 'leads' | 'outcomes', headers: string[], rows: string[][], known: (values: readonly string[]) => Promise<number> = nobody) => {
  const { mapping } = await proposeMapping(kind, headers, rows, known)
  return { fields: Object.fromEntries(mapping.targets.map(({ column, field }) => [column, field])), ...mapping }
}

describe('proposing a mapping', () => {
  it('reads the names other systems use, in English and Chinese', async () => {
    const { fields } = await fieldsOf('leads', ['Record ID', 'Create Date', 'Work email', 'Company Name', 'Original Traffic Source', 'Contact owner'], [['1', '2024-05-01', 'a@b.cn', 'Acme', 'Paid', 'Li']])
    expect(fields).toEqual({ 'Record ID': 'external_id', 'Create Date': 'created_at', 'Work email': 'email', 'Company Name': 'company', 'Original Traffic Source': 'channel', 'Contact owner': 'owner' })
    const chinese = await fieldsOf('leads', ['线索编号', '创建时间', '手机号', '公司名称', '渠道', '负责人', '备注'], [['1', '2024年5月1日', '13800000000', '恒泰', '百度', '李', '']])
    expect(chinese.fields).toEqual({ 线索编号: 'external_id', 创建时间: 'created_at', 手机号: 'mobile', 公司名称: 'company', 渠道: 'channel', 负责人: 'owner', 备注: 'note' })
  })

  it('knows a channel and a source apart where a file has both', async () => {
    const { fields } = await fieldsOf('leads', ['id', 'date', 'channel', 'source'], [['1', '2024-05-01', 'Baidu', 'Form 3']])
    expect(fields).toMatchObject({ channel: 'channel', source: 'source' })
  })

  it('takes the id column that is nearly never empty or twice; of several, the one whose values are known', async () => {
    const rows = [['9', 'x', 'k1'], ['9', 'y', 'k2'], ['8', 'z', 'k3']]
    expect((await fieldsOf('outcomes', ['rep_id', 'deal_key', 'ref_id'], rows)).key).toBe('deal_key')
    expect((await fieldsOf('outcomes', ['rep_id', 'deal_key', 'ref_id'], rows, (values) => Promise.resolve(values.includes('k1') ? 3 : 0))).key).toBe('ref_id')
    expect((await fieldsOf('outcomes', ['rep_id'], [['9'], ['9']])).key).toBeNull()
    expect((await fieldsOf('outcomes', ['ref_id'], [['1'], ['2'], ['1'], ['4'], ['5']])).key).toBe('ref_id')
  })

  it('finds dates by their values and names, and their order by the days beyond 12', async () => {
    const won = await fieldsOf('outcomes', ['id', 'day_sold', 'lost_on'], [['1', '13/04/2024', ''], ['2', '', '01/05/2024']])
    expect(won.fields).toMatchObject({ day_sold: 'won_at', lost_on: 'lost_at' })
    expect(won.targets.find(({ column }) => column === 'day_sold')?.format).toBe('d/M/yyyy')
    const not = await fieldsOf('outcomes', ['id', 'won_date'], [['1', 'yes'], ['2', 'no']])
    expect(not.fields).not.toHaveProperty('won_date')
  })

  it('never maps a column about consent, and reports what is left out', async () => {
    const { fields, unused, consent } = await fieldsOf('leads', ['id', 'Email Opt Out', 'marketing consent', 'shoe size'], [['1', '0', 'yes', '43']])
    expect(fields).toEqual({ id: 'external_id' })
    expect(consent).toEqual(['Email Opt Out', 'marketing consent'])
    expect(unused).toEqual(['shoe size'])
  })
})
