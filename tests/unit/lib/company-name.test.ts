import { describe, expect, it } from 'vitest'
import { companyKey } from '~/lib/company-name'

describe('companyKey', () => {
  it.each([
    ['Acme GmbH & Co. KG', 'acme'], ['ACME, Inc.', 'acme'], ['Acme AG', 'acme'], ['Acme Ltd', 'acme'], ['Acme Co., Ltd.', 'acme'],
    ['Ａｃｍｅ　Ｌｔｄ', 'acme'], ['Müller & Söhne GmbH', 'muller & sohne'], ['Société Générale S.A.', 'societe generale'],
    ['北京线索科技有限公司', '北京线索科技'], ['线索股份有限公司', '线索'], ['深圳 线索 有限责任公司', '深圳线索'],
    ['上海线索（集团）有限公司', '上海线索'], ['UG (haftungsbeschränkt)', 'ug haftungsbeschrankt'], ['Foo UG (haftungsbeschränkt)', 'foo'],
    ['Acme GmbH Co. KG', 'acme'], ['Acme Sp. z o.o.', 'acme'], ['Acme Ltda', 'acme'], ['线索（上海）科技集团股份有限公司', '线索上海科技'], ['公司', '公司'], ['AG', 'ag'], ['X Corp', 'x corp'], ['BASF SE', 'basf'], ['Cisco', 'cisco'], ['Marco', 'marco'], ['', ''],
  ])('%s is %s', (name, key) => {
    expect(companyKey(name)).toBe(key)
  })

  it('keeps different companies apart', () => {
    expect(companyKey('北京线索科技有限公司')).not.toBe(companyKey('上海线索科技有限公司'))
  })
})
