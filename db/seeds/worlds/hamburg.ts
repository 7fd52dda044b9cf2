import type { Chance } from './random'
import type { CompanyStory, PersonStory, World } from './world'

const givenNames = ['Jonas', 'Lena', 'Maximilian', 'Hannah', 'Felix', 'Marie', 'Lukas', 'Sophie', 'Karl-Heinz', 'Annegret', 'Björn', 'Sabine', 'Thorsten', 'Ulrike', 'Jörg', 'Katharina', 'Piotr', 'Agnieszka', 'Luca', 'Giulia', 'Amelia', 'Hugo', 'Ola', 'Ingrid', 'Priya', 'Mehmet', 'Anne-Sophie', 'Friedrich-Wilhelm']
const families = ['Weber', 'Schmidt', 'Müller', 'Fischer', 'Hoffmann', 'Schäfer', 'Bauer', 'Koch', 'Richter', 'Klein', 'Wolf', 'Schröder', 'Neumann', 'Zimmermann', 'Krüger', 'Hartmann', 'Lange', 'Werner', 'Meier-Lüdenscheid', 'von der Heydt', 'Kowalski', 'Nowak', 'Ferri', 'Rossi', 'Silva', 'Lind', 'Hansen', 'Nair', 'Yılmaz', 'Großkreutz']
const titles = ['Managing director', 'Head of purchasing', 'Plant manager', 'Maintenance engineer', 'Project engineer', 'Technical buyer', 'Production manager', 'Head of engineering', 'Owner', 'Supply chain manager']
const cities = [['Hamburg', 'Hamburg'], ['Bremen', 'Bremen'], ['Lübeck', 'Schleswig-Holstein'], ['Hannover', 'Niedersachsen'], ['Dortmund', 'Nordrhein-Westfalen'], ['Stuttgart', 'Baden-Württemberg'], ['München', 'Bayern'], ['Leipzig', 'Sachsen'], ['Wien', 'Wien'], ['Gdańsk', 'Pomorskie'], ['Aarhus', 'Midtjylland'], ['Rotterdam', 'Zuid-Holland']] as const
const trades = [['Fördertechnik', 'Conveying'], ['Maschinenbau', 'Machinery'], ['Hydraulik', 'Hydraulics'], ['Pumpen', 'Pumps'], ['Werkzeugbau', 'Tooling'], ['Verpackungsanlagen', 'Packaging'], ['Lebensmitteltechnik', 'Food processing'], ['Schiffsausrüstung', 'Marine'], ['Robotik', 'Robotics'], ['Gießerei', 'Foundry'], ['Automatisierungs- und Antriebstechnik', 'Automation'], ['Präzisionsblechverarbeitung', 'Sheet metal']] as const
const forms = ['GmbH', 'GmbH', 'GmbH & Co. KG', 'AG', 'KG', 'SE & Co. KGaA']

function person(chance: Chance, index: number): PersonStory {
  const given = chance.pick(givenNames)
  const family = chance.pick(families)
  return { name: `${given} ${family}`, given, family, title: chance.pick(titles), local: `lead${index}` }
}

function company(chance: Chance, index: number): CompanyStory {
  const [city, region] = chance.pick(cities)
  const [trade, industry] = chance.pick(trades)
  const name = `${chance.pick(families)} ${trade} ${chance.pick(forms)}`
  // 040 66969-xxx is set aside by the Bundesnetzagentur for films: it reaches nobody.
  return { name, slug: `firma${index}`, city, region, industry, employees: Math.round(chance.around(220, 1.1)), phone: `+494066969${String(index % 1000).padStart(3, '0')}` }
}

/** Nordhafen: industrial supply from Hamburg. */
export const hamburg: World = {
  key: 'hamburg', seed: 20262, name: 'Nordhafen Industrietechnik', locale: 'en', timeZone: 'Europe/Berlin', currency: 'EUR', country: 'DE',
  mailDomain: 'nordhafen.example', leads: 2_000, days: 182,
  teams: ['North', 'Export'],
  members: [
    { name: 'Anke Petersen', role: 'admin', local: 'admin', signsIn: true },
    { name: 'Holger Brandt', role: 'manager', local: 'manager', signsIn: true },
    { name: 'Mira Sommer', role: 'marketer', local: 'marketer', signsIn: true },
    { name: 'Jan Claasen', role: 'rep', local: 'rep', team: 'North', signsIn: true },
    { name: 'Silke Ahrens', role: 'rep', local: 'silke.ahrens', team: 'North', signsIn: false },
    { name: 'Tomasz Zieliński', role: 'rep', local: 'tomasz.zielinski', team: 'Export', signsIn: false },
    { name: 'Elif Demir', role: 'rep', local: 'elif.demir', team: 'Export', signsIn: false },
    { name: 'Rainer Vogt', role: 'partner', local: 'partner', signsIn: true },
  ],
  products: [{ name: 'Conveyor systems', price: 64_000 }, { name: 'Spare parts contracts', price: 18_000 }],
  channels: [
    { name: 'Google Ads', kind: 'paid', weight: 20, junk: 0.16, qualified: 0.4, graded: 0.5, won: 0.38, campaigns: ['Conveyors DE', 'Conveyors EU', 'Spare parts'], daily: [14_000, 310], connector: 'google-ads', clickId: 'gclid' },
    { name: 'LinkedIn Ads', kind: 'paid', weight: 9, junk: 0.1, qualified: 0.3, graded: 0.46, won: 0.32, campaigns: ['Plant managers', 'Purchasing'], daily: [8_200, 74], connector: 'standard', clickId: 'li_fat_id' },
    { name: 'Microsoft Ads', kind: 'paid', weight: 6, junk: 0.12, qualified: 0.38, graded: 0.48, won: 0.36, campaigns: ['Conveyors DE'], daily: [3_900, 88], connector: 'standard', clickId: 'msclkid' },
    { name: 'Trade press', kind: 'paid', weight: 3, junk: 0.08, qualified: 0.34, graded: 0.44, won: 0.3, campaigns: ['MM Maschinenmarkt'], daily: [2_100, 22], connector: 'standard' },
    { name: 'Blog', kind: 'content', weight: 10, junk: 0.08, qualified: 0.36, graded: 0.46, won: 0.34, campaigns: ['Planning guide'], daily: [2_600, 180], connector: 'standard' },
    { name: 'YouTube', kind: 'content', weight: 5, junk: 0.12, qualified: 0.28, graded: 0.42, won: 0.3, campaigns: [], daily: [6_400, 95], connector: 'standard' },
    { name: 'Hannover Messe', kind: 'event', weight: 12, junk: 0.04, qualified: 0.46, graded: 0.52, won: 0.36, campaigns: ['Hall 6'], connector: 'standard', bursts: [150] },
    { name: 'Webinar', kind: 'event', weight: 8, junk: 0.03, qualified: 0.4, graded: 0.48, won: 0.36, campaigns: ['Retrofit in 60 minutes'], connector: 'standard', bursts: [140, 98, 56, 14] },
    { name: 'Customer referral', kind: 'referral', weight: 5, junk: 0.02, qualified: 0.68, graded: 0.64, won: 0.54, campaigns: [], connector: 'standard' },
    { name: 'Partner', kind: 'partner', weight: 6, junk: 0.04, qualified: 0.56, graded: 0.58, won: 0.46, campaigns: [], connector: 'partner-portal' },
    { name: 'Outbound', kind: 'outbound', weight: 7, junk: 0.02, qualified: 0.22, graded: 0.4, won: 0.28, campaigns: ['Machine builders 200+'], connector: 'standard' },
    { name: 'Website', kind: 'direct', weight: 9, junk: 0.1, qualified: 0.48, graded: 0.52, won: 0.4, campaigns: [], connector: 'standard' },
  ],
  messages: ['Please quote 40 m of belt conveyor, stainless, washdown.', 'Looking for a retrofit of two lines in spring.', 'Can you deliver to Gdańsk before June?', 'We need a spare drive for model NH-220.', 'Which incline is possible with grain?', 'Please call me about a framework contract.', 'Request for a site visit in March.', ''],
  notes: ['Budget is in the spring plan.', 'Wants a reference in food processing.', 'Purchasing decides, engineering recommends.', 'Comparing with two others, delivery time matters most.', 'Drawings to follow by mail.', 'Call again after the trade fair.'],
  person, company,
}
