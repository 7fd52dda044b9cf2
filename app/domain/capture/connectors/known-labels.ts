import type { Answer, LeadDraft } from '../lead-draft'

/** A question as a form asks it and what was answered. */
export type Labelled = { label: string; value: string }

type One = 'fullName' | 'givenName' | 'familyName' | 'company' | 'title' | 'wechat' | 'website' | 'industry' | 'country' | 'region' | 'city' | 'message'
type Field = One | 'phones' | 'emails'

/** What platforms and their advertisers call the questions that everybody asks. Only a whole label counts: 公司规模 is not 公司. */
const labels: Record<Field, string> = {
  fullName: '姓名 名字 称呼 联系人 联系人姓名 客户姓名 用户姓名 您的姓名 怎么称呼 name|full name|your name|contact name|customer name|user name',
  givenName: '名 first name|given name',
  familyName: '姓 姓氏 last name|family name|surname',
  phones: '手机 手机号 手机号码 电话 电话号码 联系电话 联系方式 移动电话 座机 固定电话 您的电话 您的手机号 phone|phone number|mobile|mobile number|mobile phone|tel|telephone|telphone|cell phone|work phone|work phone number|contact number',
  emails: '邮箱 邮箱地址 电子邮箱 电子邮件 邮件 工作邮箱 企业邮箱 公司邮箱 email|e-mail|mail|email address|work email|business email',
  company: '公司 公司名 公司名称 企业 企业名 企业名称 单位 单位名称 所在公司 所在单位 company|company name|organization|organisation|business name',
  title: '职位 职务 岗位 职位名称 您的职位 job title|title|position|job position|role',
  wechat: '微信 微信号 微信号码 个人微信 wechat|weixin|wechat id|wechat number',
  website: '网址 网站 公司网站 公司网址 官网 website|company website|url',
  industry: '行业 所属行业 所在行业 从事行业 industry',
  country: '国家 国家地区 所在国家 country|country region',
  region: '省 省份 所在省份 省市 province|state|region',
  city: '城市 所在城市 市 city',
  message: '留言 留言内容 咨询内容 需求 需求描述 您的需求 备注 备注信息 message|comments|comment|note|requirements',
}

// English names hold blanks: they come last, behind the Chinese ones, parted by bars.
const byLabel = new Map(
  (Object.entries(labels) as [Field, string][]).flatMap(([field, names]) => {
    const words = names.split(' ')
    const firstLatin = words.findIndex((word) => /^[a-z]/.test(word))
    const han = firstLatin < 0 ? words : words.slice(0, firstLatin)
    return [...han, ...names.split(' ').slice(han.length).join(' ').split('|')].filter((name) => name !== '').map((name): [string, Field] => [fold(name), field])
  }),
)

/** The field of a lead that a question asks for; null where it asks for something of its own. */
export const fieldOfLabel = (label: string): Field | null => byLabel.get(fold(label)) ?? null

/**
 * Puts answers where everybody's questions belong; the others stay answers. What the draft says already is not
 * overwritten: a second value of one field stays an answer.
 */
export function withLabels(draft: LeadDraft, said: readonly Labelled[]): LeadDraft {
  const full: LeadDraft & { phones: string[]; emails: string[]; answers: Answer[] } = { ...draft, phones: [...draft.phones], emails: [...draft.emails], answers: [...draft.answers] }
  for (const { label, value } of said) {
    const field = fieldOfLabel(label)
    if (field === 'phones' || field === 'emails') {
      if (!full[field].includes(value)) full[field].push(value)
      continue
    }
    if (field !== null && full[field] === null) full[field] = value
    else if (field === null || full[field] !== value) full.answers.push({ question: label, answer: value })
  }
  return full
}

// 您的姓名（必填）：, "Phone Number *" and phone_number are the same question as the plain word.
function fold(label: string): string {
  return label.normalize('NFKC').toLowerCase().replace(/[(（【[].*?[)）】\]]/gu, ' ').replace(/^(?:请输入|请填写|请留下|输入|填写)/u, '')
    .replace(/[_\-/.]+/gu, ' ').replace(/[*:：?？!！,，。;；"'“”]+/gu, ' ').replace(/\s+/gu, ' ').trim()
}
