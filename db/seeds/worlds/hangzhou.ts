import { hanReadings } from '~/lib/han-readings'
import { addDays } from '~/lib/period'
import { holidaysOfChina } from './holidays'
import type { Chance } from './random'
import type { CompanyStory, PersonStory, World } from './world'

const families = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文'
const given = ['伟', '芳', '娜', '敏', '静', '丽', '强', '磊', '军', '洋', '勇', '艳', '杰', '娟', '涛', '明', '超', '秀英', '建国', '雨婷', '嘉豪', '思远', '梓涵', '子轩', '晓琳', '文博', '志强', '海燕', '俊杰', '雪梅', '一帆', '佳怡', '浩然', '欣然', '国栋', '玉兰', '天佑', '若曦']
const titles = ['总经理', '副总经理', '生产总监', '信息化负责人', '采购经理', '设备科长', '厂长', '工艺工程师', '财务总监', '供应链经理', '董事长助理', '质量经理']
const cities = [['杭州', '浙江'], ['宁波', '浙江'], ['温州', '浙江'], ['苏州', '江苏'], ['无锡', '江苏'], ['常州', '江苏'], ['上海', '上海'], ['合肥', '安徽'], ['东莞', '广东'], ['佛山', '广东'], ['青岛', '山东'], ['武汉', '湖北'], ['成都', '四川'], ['厦门', '福建']] as const
const brands = ['恒泰', '华锐', '明锐', '东晨', '科达', '远航', '盛达', '晋龙', '宝利', '华欣', '天宇', '铭峰', '锐进', '博远', '众合', '金石', '鼎盛', '瑞丰', '嘉禾', '百川', '新昌', '宏图', '凯旋', '永固', '精诚', '万通', '中科', '安泰', '顺昌', '立德', '德信', '海川', '凌云', '正阳', '启明', '同创', '华宇', '国泰', '友邦', '三江']
const trades = [['精密机械', '机械加工'], ['自动化设备', '自动化'], ['汽车零部件', '汽车零部件'], ['电子科技', '电子'], ['模具', '模具'], ['轴承', '轴承'], ['新材料', '材料'], ['包装机械', '包装'], ['泵阀', '泵阀'], ['铸造', '铸造'], ['纺织机械', '纺织'], ['医疗器械', '医疗器械'], ['智能装备股份', '装备制造'], ['工业互联网技术服务', '软件服务']] as const

// 161 is not assigned to any carrier: a number of this world reaches nobody.
const phone = (index: number) => `+86161${String(index + 10_000_000).padStart(8, '0')}`

function person(chance: Chance, index: number): PersonStory {
  const family = chance.pick([...families])
  const name = chance.pick(given)
  return { name: family + name, family, given: name, title: chance.pick(titles), phone: phone(index), local: `${pinyin(family + name)}${index}` }
}

function company(chance: Chance, index: number): CompanyStory {
  const [city, region] = chance.pick(cities)
  const [trade, industry] = chance.pick(trades)
  const form = chance.happens(0.12) ? '（集团）股份有限公司' : '有限公司'
  const employees = Math.round(chance.around(180, 1))
  const brand = chance.pick(brands)
  return { name: `${city}${brand}${trade}${form}`, slug: `${pinyin(brand)}${index}`, city, region, industry, employees }
}

/** 澜图软件: software for factories, sold from Hangzhou. */
export const hangzhou: World = {
  key: 'hangzhou', seed: 20261, name: '澜图软件', locale: 'zh-CN', timeZone: 'Asia/Shanghai', currency: 'CNY', country: 'CN',
  mailDomain: 'lantu.example', leads: 3_000, days: 182,
  teams: ['华东组', '华南组'],
  members: [
    { name: '沈清', role: 'admin', local: 'admin', signsIn: true },
    { name: '何舟', role: 'manager', local: 'manager', signsIn: true },
    { name: '陆知微', role: 'marketer', local: 'marketer', signsIn: true },
    { name: '王莉', role: 'rep', local: 'rep', team: '华东组', signsIn: true, languages: ['zh', 'en'] },
    { name: '李默', role: 'rep', local: 'li.mo', team: '华东组', signsIn: false, languages: ['zh'], away: [-9, -5] },
    { name: '赵晨', role: 'rep', local: 'zhao.chen', team: '华东组', signsIn: false, languages: ['zh'], openCap: 90 },
    { name: '周可', role: 'rep', local: 'zhou.ke', team: '华南组', signsIn: false, languages: ['zh'] },
    { name: '吴桐', role: 'rep', local: 'wu.tong', team: '华南组', signsIn: false, languages: ['zh', 'en'], away: [3, 7] },
    { name: '郑一鸣', role: 'partner', local: 'partner', signsIn: true },
  ],
  products: [{ name: '制造云 MES', price: 180_000 }, { name: '供应链协同', price: 95_000 }],
  channels: [
    { name: '百度推广', kind: 'paid', weight: 16, junk: 0.14, qualified: 0.42, graded: 0.5, won: 0.4, campaigns: ['品牌词', 'MES 行业词', '竞品词'], daily: [21_000, 430], connector: 'baidu', clickId: 'bd_vid', settings: { user_name: 'lantu-sem', pull: false }, silentFor: 76 },
    { name: '巨量引擎', kind: 'paid', weight: 20, junk: 0.38, qualified: 0.2, graded: 0.42, won: 0.3, campaigns: ['信息流 老板人群', '信息流 生产管理'], daily: [96_000, 1_250], connector: 'oceanengine', settings: { advertiser_id: '1789000000000031', pull: false }, clickId: 'clickid' },
    { name: '腾讯广告', kind: 'paid', weight: 9, junk: 0.3, qualified: 0.24, graded: 0.42, won: 0.3, campaigns: ['朋友圈 制造业'], daily: [54_000, 640], connector: 'tencent-ads', clickId: 'gdt_vid' },
    { name: '抖音', kind: 'content', weight: 12, junk: 0.2, qualified: 0.3, graded: 0.44, won: 0.34, campaigns: ['车间数字化系列'], daily: [38_000, 520], connector: 'standard' },
    { name: '公众号', kind: 'content', weight: 8, junk: 0.06, qualified: 0.46, graded: 0.52, won: 0.42, campaigns: ['白皮书下载'], daily: [5_200, 210], connector: 'standard' },
    { name: '知乎', kind: 'content', weight: 4, junk: 0.08, qualified: 0.4, graded: 0.48, won: 0.36, campaigns: [], daily: [7_800, 190], connector: 'standard' },
    { name: '小红书', kind: 'content', weight: 2, junk: 0.26, qualified: 0.18, graded: 0.36, won: 0.25, campaigns: [], daily: [9_400, 160], connector: 'xiaohongshu', leadRule: 'on_request' },
    { name: '直播课', kind: 'event', weight: 7, junk: 0.04, qualified: 0.44, graded: 0.5, won: 0.38, campaigns: ['MES 选型直播'], connector: 'standard', bursts: [160, 132, 104, 76, 48, 20] },
    { name: '展会', kind: 'event', weight: 6, junk: 0.05, qualified: 0.48, graded: 0.54, won: 0.4, campaigns: ['工博会'], connector: 'standard', bursts: [120, 34] },
    { name: '客户转介绍', kind: 'referral', weight: 4, junk: 0.02, qualified: 0.7, graded: 0.66, won: 0.56, campaigns: [], connector: 'standard' },
    { name: '渠道伙伴', kind: 'partner', weight: 5, junk: 0.04, qualified: 0.58, graded: 0.6, won: 0.48, campaigns: [], connector: 'partner-portal' },
    { name: '官网直接访问', kind: 'direct', weight: 7, junk: 0.09, qualified: 0.5, graded: 0.54, won: 0.42, campaigns: [], connector: 'standard' },
  ],
  messages: ['想了解 MES 的报价和实施周期。', '我们有三条产线，想先做一条试点。', '能对接用友 U8 吗？', '年前能上线吗？请尽快联系。', '需要演示，最好本周。', '现在用 Excel 排产，想换系统。', '多工厂协同怎么收费？', '请发一份机械加工行业的案例。', ''],
  notes: ['老板拍板，预算十二月定。', '已发方案，等财务意见。', '约了下周线上演示。', '对接人是信息化负责人，先看案例。', '目前在比较两家，价格敏感。', '产线停机时再联系。', '需要支持多语言报工。'],
  policies: [
    { name: '付费广告：30 分钟内首响', channelKinds: ['paid'], firstMinutes: 30, nextMinutes: 480, atBreach: 'escalate' },
    { name: '活动与转介绍：2 小时', channelKinds: ['event', 'referral', 'partner'], firstMinutes: 120, nextMinutes: 960, atBreach: 'notify' },
    { name: '其他线索：4 小时', firstMinutes: 240, atBreach: 'notify' },
  ],
  views: [
    { who: 'manager', name: '本月新增有效线索', scope: 'organisation', search: 'f=came_in.in.month&verdict=valid&group=owner', isPinned: true },
    { who: 'manager', name: '已评级未成交', scope: 'organisation', search: 'stage=graded&sort=amount&group=owner' },
    { who: 'rep', name: '我的 A 级线索', scope: 'personal', search: 'f=grade.is.A&f=owner.is.me', isPinned: true },
    { who: 'marketer', name: '投放带来的线索', scope: 'personal', search: 'f=kind.is.paid&group=channel' },
  ],
  form: {
    name: '官网预约演示', channel: '官网直接访问', title: '预约 MES 演示', intro: '留下联系方式，顾问会在工作时间两小时内回电。', consent: '我同意澜图软件为联系我而处理以上信息。',
    interest: { label: '您关心什么？', options: ['排产', '报工', '追溯', '多工厂协同'] },
    submissions: [
      { back: 118, name: '黎文博', company: '常州博远模具有限公司', email: 'liwenbo@czboyuan.example', mobile: '16190000001', message: '想看排产和报工的演示，最好下周。' },
      { back: 70, name: '覃秀英', company: '东莞金石电子科技有限公司', email: 'qinxiuying@jinshi.example', mobile: '16190000002', message: '两个厂区，能不能一套系统？' },
      { back: 49, name: '单志强', company: '宁波永固轴承有限公司', email: 'shanzhiqiang@yonggu.example', mobile: '16190000003', message: '已有金蝶云，需要对接。' },
      { back: 31, name: '快速推广 www.tuiguang.top', company: '', email: 'seo@tuiguang.example', mobile: '16190000009', message: '百度首页排名，低价。', trap: '010-00000000' },
      { back: 21, name: '尉迟雪梅', company: '合肥启明新材料有限公司', email: 'yuchi@qiming.example', mobile: '16190000004', message: '请先发一份报价说明。' },
    ],
  },
  bulkNote: '工博会回访：已统一发送资料，请三日内致电。',
  drafted: { key: 'events', name: '展会与直播课：华东组轮流', when: { channelKinds: ['event'] }, to: { team: '华东组' } },
  tasks: [
    { who: 'rep', kind: 'mail', title: '发送报价单（含实施费）', due: -3, stage: 'graded' },
    { who: 'rep', kind: 'meeting', title: '线上演示：排产与报工', due: 2, stage: 'qualified' },
    { who: 'rep', kind: 'call', title: '确认合同条款', due: 4, stage: 'graded' },
    { who: 'rep', kind: 'other', title: '整理机械加工行业案例', due: 26 },
    { who: 'li.mo', kind: 'meeting', title: '现场调研：两条产线', due: 50, stage: 'qualified' },
    { who: 'manager', kind: 'other', title: '复核公海规则', due: 28 },
    { who: 'manager', kind: 'meeting', title: '华东组周会', due: 5 },
  ],
  fields: [
    { key: 'lines', kind: 'number', en: 'Production lines', zh: '产线数量', value: (chance) => String(1 + chance.below(12)) },
    { key: 'erp', kind: 'choice', en: 'Present ERP', zh: '现有 ERP', choices: [{ key: 'yonyou', en: 'Yonyou', zh: '用友' }, { key: 'kingdee', en: 'Kingdee', zh: '金蝶' }, { key: 'sap', en: 'SAP', zh: 'SAP' }, { key: 'none', en: 'None', zh: '无' }], value: (chance) => chance.weighted([['yonyou', 4], ['kingdee', 4], ['sap', 1], ['none', 3]] as const) },
    { key: 'go_live', kind: 'date', en: 'Go-live wanted', zh: '期望上线日期', value: (chance, today) => (chance.happens(0.6) ? addDays(today, 30 + chance.below(200)) : null) },
    { key: 'budget', kind: 'money', en: 'Budget', zh: '预算', value: (chance) => (chance.happens(0.5) ? `${(5 + chance.below(60)) * 10_000}00` : null) },
  ],
  rules: [
    { key: 'events', name: '展会与直播课：讲师跟进', when: { channelKinds: ['event'] }, to: { members: { rep: 2, 'li.mo': 1 } } },
    { key: 'south', name: '华南客户', when: { regions: ['广东', '福建'] }, to: { team: '华南组' } },
    { key: 'west', name: '华中与西南：华南组代管', when: { regions: ['湖北', '四川'] }, to: { team: '华南组', weights: { 'zhou.ke': 2 } } },
    { key: 'xiaohongshu', name: '小红书先进公海', when: { channels: ['小红书'] }, to: { pool: true } },
    { key: 'east', name: '其余：华东组按权重', when: {}, to: { team: '华东组', weights: { rep: 3, 'li.mo': 2, 'zhao.chen': 2 } } },
  ],
  accounts: [
    { fromLast: 21, owner: 'rep', company: { name: '浙江中机精工（集团）股份有限公司', slug: 'zhongjijinggong', city: '宁波', region: '浙江', industry: '机械加工', employees: 4200 } },
    { fromLast: 64, owner: 'wu.tong', company: { name: '佛山海纳智能装备股份有限公司', slug: 'hainazhineng', city: '佛山', region: '广东', industry: '装备制造', employees: 2600 } },
  ],
  holidays: holidaysOfChina,
  alias: (person) => {
    const { phone: _phone, ...rest } = person
    return { ...rest, local: `${person.local}.work` }
  },
  person, company,
}

/** How a name sounds: what an address would be made of. */
const pinyin = (text: string): string => (hanReadings(text)[0] ?? []).join('')
