import type { VendorHeaders } from './vendor-headers'

/** 国内 CRM（纷享销客、销售易、励销等）常用的中文列名。 */
export const chinese: VendorHeaders = {
  marks: ['线索编号', '线索ID', '客户名称', '企业名称', '归属销售', '跟进人', '跟进状态', '线索来源', '下次跟进时间', '负责人', '手机号', '是否退订', '创建时间'],
  headers: {
    external_id: ['线索编号', '线索ID'],
    first_name: ['名'],
    last_name: ['姓'],
    full_name: ['姓名', '联系人'],
    email: ['邮箱', '电子邮件'],
    phone: ['电话', '座机'],
    mobile: ['手机', '手机号'],
    title: ['职位', '职务'],
    company: ['公司', '企业名称', '客户名称', '公司名称'],
    website: ['网址', '官网'],
    industry: ['行业', '所属行业'],
    employees: ['规模', '员工数'],
    region: ['省', '省份'],
    city: ['市', '城市'],
    source: ['来源', '线索来源'],
    channel: ['渠道', '来源渠道'],
    stage: ['状态', '阶段', '跟进状态'],
    owner: ['负责人', '跟进人', '归属销售'],
    created_at: ['创建时间'],
    note: ['备注'],
    currency: ['币种'],
  },
}
