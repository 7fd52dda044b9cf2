import { pinyin } from 'pinyin-pro'
import { searchTokens } from '~/lib/search-tokens'
import { seeded } from '~/lib/seeded'

export type PoolName = { name: string; slug: string; tokens: string[] }

const FAMILY = ['王', '李', '张', '刘', '陈', '杨', '黄', '赵', '周', '吴', '徐', '孙', '马', '胡', '朱', '郭', '何', '林', '高', '罗', '郑', '梁', '谢', '宋', '唐', '许', '邓', '冯', '韩', '曹', '曾', '彭', '萧', '蔡', '潘', '田', '董', '袁', '于', '余', '叶', '蒋', '杜', '苏', '魏', '程', '吕', '丁', '沈', '任', '姚', '卢', '单', '仇', '解', '查', '欧阳', '司马', '诸葛', '上官']
const GIVEN = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文玉萍红鹏宇浩婷雪飞鑫波斌莉建国志海云龙林生春慧琴兰玲峰晨阳欣怡佳子轩梓涵然宏博雅思远天泽雨桐诗语嘉懿煜城昊绍辉旭尧立果智宸'
const ENGLISH_FIRST = ['James', 'Mary', 'Robert', 'Patricia', 'John', 'Jennifer', 'Michael', 'Linda', 'David', 'Elizabeth', 'William', 'Barbara', 'Richard', 'Susan', 'Joseph', 'Jessica', 'Thomas', 'Karen', 'Daniel', 'Sarah', 'Paul', 'Emma', 'Mark', 'Olivia', 'George', 'Sophie', 'Edward', 'Alice', 'Henry', 'Grace', 'Oscar', 'Ruth']
const ENGLISH_LAST = ['Smith', 'Johnson', 'Williams', 'Brown', 'Jones', 'Garcia', 'Miller', 'Davis', 'Wilson', 'Anderson', 'Taylor', 'Moore', 'Jackson', 'Martin', 'Thompson', 'White', 'Harris', 'Clark', 'Lewis', 'Robinson', 'Walker', 'Young', 'Allen', 'King', 'Wright', 'Scott', 'Torres', 'Nguyen', 'Hill', 'Flores', 'Green', 'Adams', 'Nelson', 'Baker', 'Hall', 'Rivera', 'Campbell', 'Mitchell', 'Carter', 'Roberts', "O'Brien", 'Fitzgerald', 'Abernathy', 'Whitlock', 'Pemberton']
const GERMAN_FIRST = ['Jürgen', 'Käthe', 'Hans', 'Ursula', 'Günther', 'Sabine', 'Wolfgang', 'Petra', 'Björn', 'Heike', 'Stefan', 'Jörg', 'Anke', 'Matthias', 'Silke', 'Rüdiger', 'Birgit', 'Uwe', 'Annette', 'Klaus']
const GERMAN_LAST = ['Müller', 'Schmidt', 'Schneider', 'Fischer', 'Weber', 'Meyer', 'Wagner', 'Becker', 'Schäfer', 'Hoffmann', 'Koch', 'Bauer', 'Richter', 'Klein', 'Wolf', 'Schröder', 'Neumann', 'Schwarz', 'Zimmermann', 'Krüger', 'Hartmann', 'Lange', 'Groß', 'Weiß', 'Jäger', 'Köhler', 'König', 'Böhm', 'Lübbers', 'Größmann']
const CITIES = ['北京', '上海', '深圳', '广州', '杭州', '成都', '重庆', '武汉', '苏州', '南京', '西安', '天津', '青岛', '厦门', '长沙', '宁波']
const STEMS = '恒泰启明华宇中科智联创新远大天成金鼎博瑞安盛弘毅光启德信佳和联众汇海腾飞诚达昌隆'
const TRADES = ['科技', '信息技术', '贸易', '机械', '电子', '生物医药', '教育咨询', '文化传媒', '新能源', '供应链', '软件', '装饰工程']
const ENGLISH_STEMS = ['Acme', 'Northwind', 'Globex', 'Initech', 'Stark', 'Vertex', 'Pinnacle', 'Summit', 'Bluewater', 'Redwood', 'Ironbridge', 'Silverlake', 'Quantum', 'Meridian', 'Harbour', 'Cobalt', 'Falcon', 'Granite', 'Juniper', 'Lakeside']
const ENGLISH_TRADES = ['Systems', 'Logistics', 'Analytics', 'Manufacturing', 'Foods', 'Energy', 'Robotics', 'Health', 'Software', 'Components']
const GERMAN_TRADES = ['Maschinenbau', 'Elektrotechnik', 'Werkzeuge', 'Großhandel', 'Präzisionstechnik', 'Lüftungsbau']

/** People and companies as they are called in a Chinese, English and German customer base, common ones first. */
export function namePools(seed: number, people: number, companies: number): { people: PoolName[]; companies: PoolName[] } {
  const random = seeded(seed)
  const pick = <T>(from: readonly T[] | string): string => String(from[Math.floor(random() ** 1.4 * from.length)] ?? '')
  const person = (): string => {
    const kind = random()
    if (kind < 0.55) return pick(FAMILY) + pick(GIVEN) + (random() < 0.8 ? pick(GIVEN) : '')
    if (kind < 0.8) return `${pick(ENGLISH_FIRST)} ${pick(ENGLISH_LAST)}`
    return `${pick(GERMAN_FIRST)} ${pick(GERMAN_LAST)}`
  }
  const company = (): string => {
    const kind = random()
    if (kind < 0.6) return `${pick(CITIES)}${pick(STEMS)}${pick(STEMS)}${random() < 0.5 ? pick(STEMS) : ''}${pick(TRADES)}有限公司`
    if (kind < 0.85) return `${pick(ENGLISH_STEMS)} ${pick(ENGLISH_LAST)} ${pick(ENGLISH_TRADES)} Ltd`
    return `${pick(GERMAN_LAST)} ${pick(GERMAN_LAST)} ${pick(GERMAN_TRADES)} GmbH`
  }
  const pooled = (name: string): PoolName => ({ name, slug: slugOf(name), tokens: searchTokens(name) })
  return { people: Array.from({ length: people }, () => pooled(person())), companies: Array.from({ length: companies }, () => pooled(company())) }
}

const slugOf = (name: string) => (/\p{Script=Han}/u.test(name) ? pinyin(name, { toneType: 'none', type: 'array' }).join('') : name)
  .normalize('NFKD').toLowerCase().replaceAll(/[^a-z]+/g, '.').slice(0, 20)
