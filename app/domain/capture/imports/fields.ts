import type { ImportKind } from '../vocabulary'

const outcomeFields = ['qualified_at', 'graded_at', 'grade', 'won_at', 'lost_at', 'lost_reason', 'amount', 'currency', 'owner'] as const
const clickIdFields = ['gclid', 'wbraid', 'gbraid', 'fbclid', 'msclkid', 'li_fat_id', 'ttclid', 'bd_vid', 'qhclickid', 'gdt_vid', 'click_id'] as const
const utmFields = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content', 'utm_id'] as const

/** The fields a file may fill, by kind of import. Anything else is `custom.<name>` of leads. */
export const importFields = {
  leads: [
    'external_id', 'created_at', 'channel', 'campaign', 'source', 'landing_page', 'referrer', ...utmFields, ...clickIdFields,
    'first_name', 'last_name', 'full_name', 'email', 'phone', 'mobile', 'title', 'company', 'domain', 'website', 'industry', 'employees',
    'country', 'region', 'city', 'note', 'stage', ...outcomeFields,
  ],
  outcomes: ['external_id', ...outcomeFields],
} as const satisfies Record<ImportKind, readonly string[]>
export type LeadField = (typeof importFields)['leads'][number]
export type OutcomeField = (typeof importFields)['outcomes'][number]
export type ImportField = LeadField

export const momentFields: ReadonlySet<string> = new Set(['created_at', 'qualified_at', 'graded_at', 'won_at', 'lost_at'])

/** A header as it is compared: width, case, spaces and marks do not count. */
export const foldHeader = (header: string): string => header.normalize('NFKC').toLowerCase().replace(/[\s_\-./()（）:：#*]+/gu, '')

// How other systems call these columns (conventions.md §3), folded by `foldHeader`.
const aliases: Partial<Record<ImportField, string>> = {
  external_id: 'externalid id recordid contactid leadid dealid clueid inquiryid 线索编号 线索id 编号 客户编号 外部编号',
  created_at: 'createdat createdate createddate creationdate created datecreated createdtime createtime submittedat submitdate submissiontime personcreated dealcreated leadcreated leaddate leadcreateddate inquirydate enquirydate receivedat registeredat firstcontactdate firstcontactat firsttouchdate 创建时间 创建日期 提交时间 录入时间 咨询时间 线索时间 留资时间 首次联系时间 登记时间 日期 时间',
  channel: 'channel channelname leadchannel sourcechannel dealsourcechannel marketingchannel acquisitionchannel origin leadorigin 渠道 渠道名称 来源渠道 获客渠道',
  source: 'source leadsource originalsource originaltrafficsource latestsource dealsource personsource trafficsource customleadsource 来源 线索来源 客户来源',
  campaign: 'campaign campaignname marketingcampaign 营销活动 推广计划 活动 计划名称 广告计划',
  landing_page: 'landingpage landingpageurl landingpageid landingurl pageurl firstpageseen 落地页 着陆页 页面地址',
  referrer: 'referrer referer referringurl firstreferringsite 来路 引荐网址',
  first_name: 'firstname givenname primarycontactfirstname personfirstname 名',
  last_name: 'lastname surname familyname primarycontactlastname personlastname 姓',
  full_name: 'fullname name contactname personname contact leadname primarycontactname 姓名 联系人 联系人姓名 客户姓名',
  email: 'email emailaddress workemail primaryemail personemailwork personemail mail primarycontactprimaryemail 邮箱 电子邮件 电子邮箱 邮件',
  phone: 'phone phonenumber telephone tel workdirectphone personphonework personphone primarycontactprimaryphone 电话 座机 联系电话 电话号码',
  mobile: 'mobile mobilephone mobilephonenumber cellphone cell personphonemobile 手机 手机号 手机号码 移动电话',
  title: 'title jobtitle position primarycontacttitle 职位 职务 岗位',
  company: 'company companyname associatedcompany accountname account organization organisation personorganization dealorganization organizationname displayname employer 公司 企业名称 公司名称 客户名称 单位 单位名称',
  domain: 'domain companydomain companydomainname emaildomain 域名',
  website: 'website websiteurl companywebsite url personwebsite 网址 官网 网站',
  industry: 'industry sector 行业 所属行业',
  employees: 'employees numberofemployees noofemployees companysize 规模 员工数 人数 公司规模',
  country: 'country countryregion 国家',
  region: 'region state stateregion province 省 省份',
  city: 'city companycity 市 城市',
  note: 'note notes description comment comments message remark lastcallnote 备注 留言 说明 需求',
  stage: 'stage leadstage leadstatus status dealstage dealstatus statuslabel lifecyclestage 状态 阶段 跟进状态 线索状态',
  grade: 'grade rating leadgrade 意向评级 意向 评级 意向等级',
  owner: 'owner leadowner contactowner recordowner personowner dealowner salesrep assignedto 负责人 跟进人 归属销售 销售',
  qualified_at: 'qualifiedat qualifieddate datequalified sqldate qualificationdate 有效沟通时间 有效时间',
  graded_at: 'gradedat gradeddate 评级时间',
  won_at: 'wonat wondate datewon wontime dealwontime closedwondate closedate closedat saledate solddate signedat signdate orderdate 成交时间 成交日期 签约时间 签单日期',
  lost_at: 'lostat lostdate datelost losttime deallosttime closedlostdate 输单时间 输单日期 丢单时间',
  lost_reason: 'lostreason deallostreason reasonlost lossreason closedlostreason 输单原因 丢单原因',
  amount: 'amount dealvalue value dealamount contractvalue wonamount revenue saleamount 金额 成交金额 合同金额 订单金额',
  currency: 'currency currencycode currencyisocode dealcurrencyofvalue 币种 货币',
}

const byAlias = new Map<string, ImportField>()
for (const field of importFields.leads) {
  byAlias.set(foldHeader(field), field)
  for (const alias of (aliases[field] ?? '').split(' ')) if (alias !== '' && !byAlias.has(alias)) byAlias.set(alias, field)
}

/** The field other systems mean by this header, or undefined. */
export function fieldOfHeader(header: string): ImportField | undefined {
  const folded = foldHeader(header)
  return byAlias.get(folded) ?? byAlias.get(folded.replace(/^(?:properties|attribution|custom)/u, ''))
}

/** Columns that speak of consent or refusal: never read from a file. */
export const isConsentHeader = (header: string): boolean =>
  /consent|opt-?_? ?(?:in|out)|unsubscrib|gdpr|do ?not ?(?:call|contact)|marketing ?(?:status|contact)|同意|退订|授权/iu.test(header)
