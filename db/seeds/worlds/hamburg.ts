import { addDays } from '~/lib/period'
import { holidaysOfHamburg } from './holidays'
import type { Chance } from './random'
import type { CompanyStory, PersonStory, World } from './world'

const givenNames = ['Jonas', 'Lena', 'Maximilian', 'Hannah', 'Felix', 'Marie', 'Lukas', 'Sophie', 'Karl-Heinz', 'Annegret', 'Björn', 'Sabine', 'Thorsten', 'Ulrike', 'Jörg', 'Katharina', 'Piotr', 'Agnieszka', 'Luca', 'Giulia', 'Amelia', 'Hugo', 'Ola', 'Ingrid', 'Priya', 'Mehmet', 'Anne-Sophie', 'Friedrich-Wilhelm']
const families = ['Weber', 'Schmidt', 'Müller', 'Fischer', 'Hoffmann', 'Schäfer', 'Bauer', 'Koch', 'Richter', 'Klein', 'Wolf', 'Schröder', 'Neumann', 'Zimmermann', 'Krüger', 'Hartmann', 'Lange', 'Werner', 'Meier-Lüdenscheid', 'von der Heydt', 'Kowalski', 'Nowak', 'Ferri', 'Rossi', 'Silva', 'Lind', 'Hansen', 'Nair', 'Yılmaz', 'Großkreutz']
const titles = ['Managing director', 'Head of purchasing', 'Plant manager', 'Maintenance engineer', 'Project engineer', 'Technical buyer', 'Production manager', 'Head of engineering', 'Owner', 'Supply chain manager']
const cities = [['Hamburg', 'Hamburg', 'DE'], ['Bremen', 'Bremen', 'DE'], ['Lübeck', 'Schleswig-Holstein', 'DE'], ['Hannover', 'Niedersachsen', 'DE'], ['Dortmund', 'Nordrhein-Westfalen', 'DE'], ['Stuttgart', 'Baden-Württemberg', 'DE'], ['München', 'Bayern', 'DE'], ['Leipzig', 'Sachsen', 'DE'], ['Wien', 'Wien', 'AT'], ['Gdańsk', 'Pomorskie', 'PL'], ['Aarhus', 'Midtjylland', 'DK'], ['Rotterdam', 'Zuid-Holland', 'NL']] as const
const trades = [['Fördertechnik', 'Conveying'], ['Maschinenbau', 'Machinery'], ['Hydraulik', 'Hydraulics'], ['Pumpen', 'Pumps'], ['Werkzeugbau', 'Tooling'], ['Verpackungsanlagen', 'Packaging'], ['Lebensmitteltechnik', 'Food processing'], ['Schiffsausrüstung', 'Marine'], ['Robotik', 'Robotics'], ['Gießerei', 'Foundry'], ['Automatisierungs- und Antriebstechnik', 'Automation'], ['Präzisionsblechverarbeitung', 'Sheet metal']] as const
const forms = ['GmbH', 'GmbH', 'GmbH & Co. KG', 'AG', 'KG', 'SE & Co. KGaA']

function person(chance: Chance, index: number): PersonStory {
  const given = chance.pick(givenNames)
  const family = chance.pick(families)
  return { name: `${given} ${family}`, given, family, title: chance.pick(titles), local: `${given[0]?.toLowerCase() ?? ''}.${plain(family)}${index}` }
}

function company(chance: Chance, index: number): CompanyStory {
  const [city, region, country] = chance.pick(cities)
  const [trade, industry] = chance.pick(trades)
  const family = chance.pick(families)
  const name = `${family} ${trade} ${chance.pick(forms)}`
  // 040 66969-xxx is set aside by the Bundesnetzagentur for films: it reaches nobody.
  return { name, slug: `${plain(family)}${index}`, city, region, country, industry, employees: Math.round(chance.around(220, 1.1)), phone: `+494066969${String(index % 1000).padStart(3, '0')}` }
}

/** As an address is written: no umlauts, no spaces. */
const plain = (text: string): string =>
  text.toLowerCase().replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss').replaceAll('ı', 'i').normalize('NFKD').replaceAll(/[^a-z]/g, '')

/** Nordhafen: industrial supply from Hamburg. */
export const hamburg: World = {
  key: 'hamburg', seed: 20262, name: 'Nordhafen Industrietechnik', locale: 'en', timeZone: 'Europe/Berlin', currency: 'EUR', country: 'DE',
  mailDomain: 'nordhafen.example', leads: 2_000, days: 182,
  teams: ['North', 'Export'],
  members: [
    { name: 'Anke Petersen', role: 'admin', local: 'admin', signsIn: true },
    { name: 'Holger Brandt', role: 'manager', local: 'manager', signsIn: true },
    { name: 'Mira Sommer', role: 'marketer', local: 'marketer', signsIn: true },
    { name: 'Jan Claasen', role: 'rep', local: 'rep', team: 'North', signsIn: true, languages: ['de', 'en'] },
    { name: 'Silke Ahrens', role: 'rep', local: 'silke.ahrens', team: 'North', signsIn: false, languages: ['de'], away: [-12, -4] },
    { name: 'Tomasz Zieliński', role: 'rep', local: 'tomasz.zielinski', team: 'Export', signsIn: false, languages: ['pl', 'en', 'de'] },
    { name: 'Elif Demir', role: 'rep', local: 'elif.demir', team: 'Export', signsIn: false, languages: ['nl', 'en', 'de'], openCap: 120, away: [5, 12] },
    { name: 'Rainer Vogt', role: 'partner', local: 'partner', signsIn: true },
  ],
  products: [{ name: 'Conveyor systems', price: 64_000 }, { name: 'Spare parts contracts', price: 18_000 }],
  channels: [
    { name: 'Google Ads', kind: 'paid', weight: 20, junk: 0.16, qualified: 0.4, graded: 0.5, won: 0.38, campaigns: ['Conveyors DE', 'Conveyors EU', 'Spare parts'], daily: [14_000, 310], connector: 'google-ads', clickId: 'gclid', silentFor: 80 },
    { name: 'LinkedIn Ads', kind: 'paid', weight: 9, junk: 0.1, qualified: 0.3, graded: 0.46, won: 0.32, campaigns: ['Plant managers', 'Purchasing'], daily: [8_200, 74], connector: 'linkedin', clickId: 'li_fat_id' },
    { name: 'Microsoft Ads', kind: 'paid', weight: 6, junk: 0.12, qualified: 0.38, graded: 0.48, won: 0.36, campaigns: ['Conveyors DE'], daily: [3_900, 88], connector: 'standard', clickId: 'msclkid' },
    { name: 'Facebook and Instagram', kind: 'paid', weight: 5, junk: 0.22, qualified: 0.22, graded: 0.4, won: 0.28, campaigns: ['Spare parts in 24 hours'], daily: [11_300, 120], connector: 'meta', clickId: 'fbclid' },
    { name: 'Blog', kind: 'content', weight: 10, junk: 0.08, qualified: 0.36, graded: 0.46, won: 0.34, campaigns: ['Planning guide'], daily: [2_600, 180], connector: 'standard' },
    { name: 'YouTube', kind: 'content', weight: 5, junk: 0.12, qualified: 0.28, graded: 0.42, won: 0.3, campaigns: [], daily: [6_400, 95], connector: 'standard' },
    { name: 'Hannover Messe', kind: 'event', weight: 12, junk: 0.04, qualified: 0.46, graded: 0.52, won: 0.36, campaigns: ['Hall 6'], connector: 'standard', bursts: [150] },
    { name: 'Webinar', kind: 'event', weight: 8, junk: 0.03, qualified: 0.4, graded: 0.48, won: 0.36, campaigns: ['Retrofit in 60 minutes'], connector: 'zoom', leadRule: 'on_request', bursts: [140, 98, 56, 14] },
    { name: 'Customer referral', kind: 'referral', weight: 5, junk: 0.02, qualified: 0.68, graded: 0.64, won: 0.54, campaigns: [], connector: 'standard' },
    { name: 'Partner', kind: 'partner', weight: 6, junk: 0.04, qualified: 0.56, graded: 0.58, won: 0.46, campaigns: [], connector: 'partner-portal' },
    { name: 'Outbound', kind: 'outbound', weight: 7, junk: 0.02, qualified: 0.22, graded: 0.4, won: 0.28, campaigns: ['Machine builders 200+'], connector: 'standard' },
    { name: 'Website', kind: 'direct', weight: 9, junk: 0.1, qualified: 0.48, graded: 0.52, won: 0.4, campaigns: [], connector: 'standard' },
  ],
  messages: ['Please quote 40 m of belt conveyor, stainless, washdown.', 'Looking for a retrofit of two lines in spring.', 'Can you deliver to Gdańsk before June?', 'We need a spare drive for model NH-220.', 'Which incline is possible with grain?', 'Please call me about a framework contract.', 'Request for a site visit in March.', ''],
  notes: ['Budget is in the spring plan.', 'Wants a reference in food processing.', 'Purchasing decides, engineering recommends.', 'Comparing with two others, delivery time matters most.', 'Drawings to follow by mail.', 'Call again after the trade fair.'],
  policies: [
    { name: 'Paid channels: within 30 minutes', channelKinds: ['paid'], firstMinutes: 30, nextMinutes: 480, atBreach: 'escalate' },
    { name: 'Events, partners and referrals: within 2 hours', channelKinds: ['event', 'partner', 'referral'], firstMinutes: 120, nextMinutes: 960, atBreach: 'notify' },
    { name: 'Everything else: within half a day', firstMinutes: 240, atBreach: 'notify' },
  ],
  views: [
    { who: 'manager', name: 'Valid leads of this month', scope: 'organisation', search: 'f=came_in.in.month&verdict=valid&group=owner', isPinned: true },
    { who: 'manager', name: 'Graded, not won yet', scope: 'organisation', search: 'stage=graded&sort=amount&group=owner' },
    { who: 'rep', name: 'My A leads', scope: 'personal', search: 'f=grade.is.A&f=owner.is.me', isPinned: true },
    { who: 'marketer', name: 'From paid channels', scope: 'personal', search: 'f=kind.is.paid&group=channel' },
  ],
  form: {
    name: 'Website: ask for an offer', channel: 'Website', title: 'Ask for an offer', intro: 'Tell us what you move and how far. An engineer calls back within one working day.',
    consent: 'I agree that Nordhafen Industrietechnik uses these details to answer me.', interest: { label: 'What is it about?', options: ['New conveyor', 'Retrofit', 'Spare parts', 'Service contract'] },
    submissions: [
      { back: 121, name: 'Wiebke Lüders', company: 'Lüders Mühlenbau GmbH', email: 'w.lueders@lueders-muehlen.example', message: 'Two screw conveyors for flour, 12 m each, ATEX zone 22.' },
      { back: 74, name: 'Søren Kjær', company: 'Kjær Fødevarer A/S', email: 's.kjaer@kjaerfood.example', message: 'Washdown belt, stainless, 30 m. Delivery to Aarhus in March.' },
      { back: 52, name: 'Małgorzata Wróbel', company: 'Wróbel Logistyka Sp. z o.o.', email: 'm.wrobel@wrobellog.example', message: 'Spare drive NH-220, two pieces, as soon as possible.' },
      { back: 33, name: 'Best SEO www.rank-first.top', company: '', email: 'hello@rankfirst.example', message: 'First page of every search engine. Cheap.', trap: '+1 000 000' },
      { back: 20, name: 'Thees Uhlmann-Krüger', company: 'Krüger Seilbahnen AG', email: 't.krueger@kruegerbahn.example', message: 'Retrofit of a baggage line, site visit wanted.' },
    ],
  },
  bulkNote: 'Spring mailing with the planning guide went out; call within three days.',
  drafted: { key: 'south', name: 'The south back to team North', when: { regions: ['Bayern', 'Baden-Württemberg', 'Sachsen'] }, to: { team: 'North', weights: { 'silke.ahrens': 2 } } },
  tasks: [
    { who: 'rep', kind: 'mail', title: 'Send the offer with drawings', due: -2, stage: 'graded' },
    { who: 'rep', kind: 'meeting', title: 'Site visit: measure both lines', due: 3, stage: 'qualified' },
    { who: 'rep', kind: 'call', title: 'Ask for the purchase order', due: 5, stage: 'graded' },
    { who: 'rep', kind: 'other', title: 'Reference list for food processing', due: 27 },
    { who: 'tomasz.zielinski', kind: 'call', title: 'Delivery terms to Gdańsk', due: 24, stage: 'qualified' },
    { who: 'manager', kind: 'other', title: 'Check the response times of last week', due: 26 },
    { who: 'manager', kind: 'meeting', title: 'Weekly meeting of team North', due: 4 },
  ],
  fields: [
    { key: 'drawing', kind: 'text', en: 'Drawing number', zh: '图号', value: (chance) => (chance.happens(0.7) ? `NH-${200 + chance.below(700)}-${1 + chance.below(9)}` : null) },
    { key: 'duty', kind: 'choice', en: 'Duty', zh: '工况', choices: [{ key: 'dry', en: 'Dry', zh: '干燥' }, { key: 'washdown', en: 'Washdown', zh: '冲洗' }, { key: 'atex', en: 'ATEX', zh: '防爆' }], value: (chance) => chance.pick(['dry', 'dry', 'washdown', 'atex']) },
    { key: 'delivery', kind: 'date', en: 'Delivery wanted', zh: '期望交期', value: (chance, today) => (chance.happens(0.7) ? addDays(today, 40 + chance.below(160)) : null) },
    { key: 'metres', kind: 'number', en: 'Metres of belt', zh: '输送带米数', value: (chance) => String(5 * (1 + chance.below(40))) },
  ],
  rules: [
    { key: 'fair', name: 'Trade fair: whoever stood at the stand', when: { channels: ['Hannover Messe'] }, to: { members: { rep: 2, 'silke.ahrens': 1 } } },
    { key: 'export', name: 'Abroad, by language', when: { countries: ['AT', 'PL', 'DK', 'NL'] }, to: { team: 'Export' }, matchesLanguage: true },
    { key: 'social', name: 'Facebook and Instagram to the pool', when: { channels: ['Facebook and Instagram'] }, to: { pool: true } },
    { key: 'south', name: 'The south goes to Export, too', when: { regions: ['Bayern', 'Baden-Württemberg', 'Sachsen'] }, to: { team: 'Export', weights: { 'elif.demir': 2 } } },
    { key: 'rest', name: 'Everything else: team North', when: {}, to: { team: 'North', weights: { rep: 3, 'silke.ahrens': 2 } } },
  ],
  accounts: [
    { fromLast: 14, owner: 'rep', company: { name: 'Hanseatische Kranwerke SE', slug: 'hansekran', city: 'Hamburg', region: 'Hamburg', industry: 'Machinery', employees: 3100, phone: '+494066969986' } },
    { fromLast: 47, owner: 'elif.demir', company: { name: 'Donau Fördertechnik AG', slug: 'donaufoerder', city: 'Wien', region: 'Wien', country: 'AT', industry: 'Conveying', employees: 1800, phone: '+494066969953' } },
  ],
  holidays: holidaysOfHamburg,
  alias: (person) => ({ ...person, name: spelled(`${person.given} ${person.family}`), given: spelled(person.given), family: spelled(person.family), local: `${person.local}.de` }),
  person, company,
}

/** As somebody writes it who has no umlauts on the keyboard. */
const spelled = (text: string): string => text.replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss')
