import { expect, it } from 'vitest'
import { findRecords } from '~/domain/search'
import { newId } from '~/lib/ids'
import { companies, identities, inquiries } from '~db/schema'
import { eq } from 'drizzle-orm'
import { asSuperuser } from '~tests/support/database'
import { anOrganisation, NOON } from '~tests/support/organisations'
import { aLead, aWorld } from '../leads/a-lead'

// Written out by hand: who is there, and for each thing that may be typed who must stand first.
type Person = { name: string; company?: string; domain?: string; phone?: string; email?: string; external?: string }
const people: Person[] = [
  { name: '张伟', company: '杭州恒泰精密机械有限公司', domain: 'hengtai.example', phone: '+8613812345678', email: 'zhang.wei@hengtai.example', external: 'BD-20240515-77' },
  { name: '曾国强', phone: '+8615900001111' }, { name: '解晓东' }, { name: '单雄信' }, { name: '仇英杰' }, { name: '覃秀英' }, { name: '尉迟雪梅' }, { name: '欧阳慧' }, { name: '司马光明' }, { name: '诸葛明亮' },
  { name: '上官婉儿' }, { name: '查良镛' }, { name: '区志航' }, { name: '任盈盈' }, { name: '朴正秀' }, { name: '盖丽丽' }, { name: '翟志刚' }, { name: '缪荣华' }, { name: '冼星海' }, { name: '长孙无忌' },
  { name: '吕布' }, { name: '绿原' }, { name: '李娜', phone: '+8618600002222' }, { name: '陳奕迅' }, { name: '張學友' }, { name: '葉問天' }, { name: '龔琳娜' }, { name: '蕭敬騰' }, { name: '重庆生' }, { name: '乐嘉文' },
  { name: '陶行知' }, { name: '曲婉婷' }, { name: '刘德华' }, { name: '黄渤' }, { name: '王重阳' }, { name: '万俟雅' }, { name: '令狐冲' }, { name: '赵长江' },
  { name: 'Jürgen Müller', company: 'Weiß Fördertechnik GmbH & Co. KG', domain: 'weiss-foerdertechnik.example', phone: '+494066969123', email: 'j.mueller@weiss-foerdertechnik.example' },
  { name: 'Björn Großkreutz' }, { name: 'Franz Weißenfels' }, { name: 'Jörg Schäfer' }, { name: 'Heike Schaefer' }, { name: 'Søren Kjærgaard' }, { name: 'Łukasz Wójcik' }, { name: 'François Lefèvre' }, { name: 'Çağlar Yılmaz' },
  { name: 'Anne-Sophie Meier-Lüdenscheid' }, { name: 'Patrick O’Brien' }, { name: 'Karl von der Heydt' }, { name: 'Zoë Kravitz' }, { name: 'José Muñoz' }, { name: 'Åsa Öberg' }, { name: 'Thomas Stroh', company: 'Straßenbau Köln AG', domain: 'strassenbau-koeln.example' },
  { name: '林小美', company: '深圳ABC科技有限公司', domain: 'abc-tech.example' }, { name: 'Mary Li', company: '3M 中国有限公司', domain: 'mmm.example' }, { name: '何炅' }, { name: '濮存昕' }, { name: '逯薇薇' }, { name: '佘诗曼' }, { name: '晁盖天' }, { name: '芈月华' },
]

const truth: [typed: string, first: string | null][] = [
  // by characters, one of them, and written the other way
  ['张伟', '张伟'], ['伟', '张伟'], ['張偉', '张伟'], ['陈奕迅', '陳奕迅'], ['陳奕迅', '陳奕迅'], ['张学友', '張學友'], ['叶问', '葉問天'], ['龚琳娜', '龔琳娜'], ['萧敬腾', '蕭敬騰'], ['劉德華', '刘德华'], ['黃渤', '黄渤'],
  ['婉儿', '上官婉儿'], ['良镛', '查良镛'], ['逯薇薇', '逯薇薇'],
  // by sound
  ['zhangwei', '张伟'], ['zhang wei', '张伟'], ['ZHANGWEI', '张伟'], ['zhang伟', '张伟'], ['liudehua', '刘德华'], ['qu wanting', '曲婉婷'], ['hejiong', '何炅'], ['pucunxin', '濮存昕'], ['mi yuehua', '芈月华'], ['chaogai', '晁盖天'],
  // surnames that are read in a way of their own
  ['zengguoqiang', '曾国强'], ['xiexiaodong', '解晓东'], ['shanxiongxin', '单雄信'], ['qiuyingjie', '仇英杰'], ['qinxiuying', '覃秀英'], ['yuchixuemei', '尉迟雪梅'], ['yuchi', '尉迟雪梅'], ['ouyanghui', '欧阳慧'],
  ['simaguangming', '司马光明'], ['zhugemingliang', '诸葛明亮'], ['zhaliangyong', '查良镛'], ['ouzhihang', '区志航'], ['renyingying', '任盈盈'], ['piaozhengxiu', '朴正秀'], ['gelili', '盖丽丽'], ['zhaizhigang', '翟志刚'],
  ['miaoronghua', '缪荣华'], ['xianxinghai', '冼星海'], ['zhangsunwuji', '长孙无忌'], ['sheshiman', '佘诗曼'], ['moqiya', '万俟雅'], ['linghuchong', '令狐冲'],
  // and as somebody says it who does not know
  ['cengguoqiang', '曾国强'], ['jiexiaodong', '解晓东'], ['danxiongxin', '单雄信'], ['tanxiuying', '覃秀英'], ['chaliangyong', '查良镛'],
  // characters with two readings inside a name
  ['taoxingzhi', '陶行知'], ['wangchongyang', '王重阳'], ['zhaochangjiang', '赵长江'], ['chongqingsheng', '重庆生'], ['yuejiawen', '乐嘉文'], ['lejiawen', '乐嘉文'],
  // ü as it is typed: v, u, yu
  ['lvbu', '吕布'], ['lubu', '吕布'], ['lyubu', '吕布'], ['lvyuan', '绿原'],
  // by initials
  ['zw', '张伟'], ['ycxm', '尉迟雪梅'], ['sgwe', '上官婉儿'], ['zswj', '长孙无忌'], ['zgml', '诸葛明亮'],
  // a typing error, or other characters of the same sound
  ['zhangwie', '张伟'], ['liudehau', '刘德华'], ['张玮', '张伟'], ['刘得华', '刘德华'], ['mulller', 'Jürgen Müller'], ['schäffer', 'Jörg Schäfer'], ['heydtt', 'Karl von der Heydt'], ['kravits', 'Zoë Kravitz'],
  // umlauts, accents and letters of other alphabets
  ['müller', 'Jürgen Müller'], ['mueller', 'Jürgen Müller'], ['muller', 'Jürgen Müller'], ['MÜLLER', 'Jürgen Müller'], ['juergen', 'Jürgen Müller'], ['großkreutz', 'Björn Großkreutz'], ['grosskreutz', 'Björn Großkreutz'], ['bjoern', 'Björn Großkreutz'],
  ['weissenfels', 'Franz Weißenfels'], ['jörg schaefer', 'Jörg Schäfer'], ['heike schäfer', 'Heike Schaefer'], ['soren', 'Søren Kjærgaard'], ['kjaergaard', 'Søren Kjærgaard'], ['lukasz wojcik', 'Łukasz Wójcik'], ['lefevre', 'François Lefèvre'],
  ['caglar yilmaz', 'Çağlar Yılmaz'], ['annesophie', 'Anne-Sophie Meier-Lüdenscheid'], ['anne-sophie', 'Anne-Sophie Meier-Lüdenscheid'], ['luedenscheid', 'Anne-Sophie Meier-Lüdenscheid'], ['obrien', 'Patrick O’Brien'], ["o'brien", 'Patrick O’Brien'],
  ['von der heydt', 'Karl von der Heydt'], ['heydt karl', 'Karl von der Heydt'], ['zoe', 'Zoë Kravitz'], ['munoz', 'José Muñoz'], ['asa oberg', 'Åsa Öberg'], ['oeberg', 'Åsa Öberg'],
  // numbers in any writing, addresses, domains, ids of others
  ['13812345678', '张伟'], ['138 1234 5678', '张伟'], ['+86 138-1234-5678', '张伟'], ['008613812345678', '张伟'], ['１３８１２３４５６７８', '张伟'], ['（138）1234-5678', '张伟'], ['5678', '张伟'], ['18600002222', '李娜'],
  ['040 66969123', 'Jürgen Müller'], ['+49 40 66969-123', 'Jürgen Müller'], ['0049 40 66969123', 'Jürgen Müller'], ['zhang.wei@hengtai.example', '张伟'], ['ZHANG.WEI@HENGTAI.EXAMPLE', '张伟'], ['ｚｈａｎｇ．ｗｅｉ＠ｈｅｎｇｔａｉ．ｅｘａｍｐｌｅ', '张伟'],
  ['@hengtai.example', '张伟'],
  // nobody
  ['不存在的人', null], ['xqzkv', null], ['13999999999', null], ['nobody@nowhere.example', null], ['', null], ['。。。', null],
]

const firms: [typed: string, first: string | null][] = [
  ['恒泰', '杭州恒泰精密机械有限公司'], ['hengtai', '杭州恒泰精密机械有限公司'], ['hzht', '杭州恒泰精密机械有限公司'], ['恆泰', '杭州恒泰精密机械有限公司'], ['杭州 精密', '杭州恒泰精密机械有限公司'], ['hengtai.example', '杭州恒泰精密机械有限公司'],
  ['https://www.hengtai.example/contact', '杭州恒泰精密机械有限公司'], ['weiss', 'Weiß Fördertechnik GmbH & Co. KG'], ['weiß fördertechnik', 'Weiß Fördertechnik GmbH & Co. KG'], ['foerdertechnik', 'Weiß Fördertechnik GmbH & Co. KG'],
  ['strassenbau', 'Straßenbau Köln AG'], ['straßenbau koeln', 'Straßenbau Köln AG'], ['koln', 'Straßenbau Köln AG'], ['abc', '深圳ABC科技有限公司'], ['ＡＢＣ科技', '深圳ABC科技有限公司'], ['shenzhen abc', '深圳ABC科技有限公司'], ['3m', '3M 中国有限公司'], ['3M中国', '3M 中国有限公司'],
]

// What another system calls the lead names a lead, no person.
const leads: [typed: string, of: string | null][] = [['BD-20240515-77', '张伟'], [' BD-20240515-77 ', '张伟'], ['BD-20240515-78', null], ['BD-20240515-7', null]]

it('finds first whom somebody means: the truth list', async () => {
  const org = await anOrganisation()
  const world = await aWorld(org)
  for (const { name, company, domain, phone, email, external } of people) {
    const { leadId, personId } = await aLead(org, { world, person: name, company: company ?? 'Somebody’s own office' })
    await asSuperuser(async (tx) => {
      if (domain !== undefined && company !== undefined) await tx.update(companies).set({ domain }).where(eq(companies.name, company))
      for (const [kind, value] of [['phone', phone], ['email', email]] as const) if (value !== undefined) await tx.insert(identities).values({ orgId: org.orgId, kind, value, personId, shown: value, createdAt: NOON })
      if (external !== undefined) await tx.insert(inquiries).values({ orgId: org.orgId, id: newId('inq'), sourceId: world.sourceId, externalId: external, leadId, personId, isRepeat: false, at: NOON, recordedAt: NOON })
    })
  }
  const answers: [string, string | null, string | null][] = []
  for (const [typed, wanted] of truth) {
    const { groups } = await findRecords(org.system, { q: typed })
    const person = groups.people.hits[0]?.title ?? null
    if (person !== wanted) answers.push([typed, wanted, person])
  }
  for (const [typed, wanted] of leads) {
    const { groups } = await findRecords(org.system, { q: typed })
    const lead = groups.leads.hits[0]?.title ?? null
    if (lead !== wanted) answers.push([typed, wanted, lead])
  }
  for (const [typed, wanted] of firms) {
    const { groups } = await findRecords(org.system, { q: typed })
    const company = groups.companies.hits[0]?.title ?? null
    if (company !== wanted) answers.push([typed, wanted, company])
  }
  expect(people.length).toBeGreaterThanOrEqual(60)
  expect(answers).toEqual([])
})
