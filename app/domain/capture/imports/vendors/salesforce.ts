import type { VendorHeaders } from './vendor-headers'

/** Salesforce, labels of reports and names of the API. */
export const salesforce: VendorHeaders = {
  marks: ['Lead ID', 'Lead Owner', 'Record Owner', 'Account Name', 'No. of Employees', 'CreatedDate', 'MobilePhone', 'Email Opt Out', 'Do Not Call', 'Currency ISO Code', 'Rating', 'LeadSource', 'Created Date', 'NumberOfEmployees'],
  headers: {
    external_id: ['Lead ID', 'Id'],
    first_name: ['First Name', 'FirstName'],
    last_name: ['Last Name', 'LastName'],
    full_name: ['Full Name'],
    email: ['Email'],
    phone: ['Phone'],
    mobile: ['Mobile Phone', 'MobilePhone'],
    title: ['Title'],
    company: ['Company', 'Account Name'],
    website: ['Website'],
    industry: ['Industry'],
    employees: ['No. of Employees', 'NumberOfEmployees'],
    city: ['City'],
    region: ['State'],
    country: ['Country'],
    source: ['Lead Source', 'LeadSource'],
    stage: ['Lead Status', 'Status'],
    owner: ['Lead Owner', 'Record Owner'],
    created_at: ['Created Date', 'CreatedDate'],
    note: ['Description'],
    currency: ['Currency ISO Code'],
  },
}
