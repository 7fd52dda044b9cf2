import type { VendorHeaders } from './vendor-headers'

/** HubSpot, export of contacts or leads. Ids are large whole numbers and stay text. */
export const hubspot: VendorHeaders = {
  marks: ['Record ID', 'Contact owner', 'Create Date', 'Lifecycle Stage', 'Original Source', 'Original Traffic Source', 'Last Modified Date', 'Associated Company', 'Latest Source', 'Marketing contact status', 'Number of Employees'],
  headers: {
    external_id: ['Record ID', 'Contact ID'],
    first_name: ['First Name'],
    last_name: ['Last Name'],
    email: ['Email', 'Email Address', 'Work email'],
    phone: ['Phone Number'],
    mobile: ['Mobile Phone Number'],
    title: ['Job Title'],
    company: ['Company Name', 'Associated Company', 'Associated Company (Primary)'],
    website: ['Website URL'],
    domain: ['Company Domain Name'],
    industry: ['Industry'],
    employees: ['Number of Employees'],
    city: ['City'],
    region: ['State/Region'],
    country: ['Country/Region'],
    source: ['Original Source', 'Original Traffic Source', 'Latest Source'],
    stage: ['Lead Status', 'Lifecycle Stage'],
    owner: ['Contact owner'],
    created_at: ['Create Date'],
    note: ['Notes'],
  },
}
