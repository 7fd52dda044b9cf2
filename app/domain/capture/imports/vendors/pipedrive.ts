import type { VendorHeaders } from './vendor-headers'

/** Pipedrive. Its prefixes name the file exactly; a deal is the lead, its person and organisation come along. */
export const pipedrive: VendorHeaders = {
  marks: ['Person - …', 'Deal - …', 'Organization - …'],
  headers: {
    external_id: ['Deal - ID', 'Lead - ID', 'Person - ID'],
    first_name: ['Person - First name'],
    last_name: ['Person - Last name'],
    full_name: ['Person - Name', 'Deal - Contact person'],
    email: ['Person - Email - Work', 'Person - Email', 'Person - Email - Home', 'Person - Email - Other'],
    phone: ['Person - Phone - Work', 'Person - Phone', 'Person - Phone - Home', 'Person - Phone - Other'],
    mobile: ['Person - Phone - Mobile'],
    title: ['Person - Title', 'Person - Job title'],
    company: ['Organization - Name', 'Person - Organization', 'Deal - Organization'],
    website: ['Person - Website', 'Organization - Website'],
    city: ['Organization - Address - City', 'Organization - City/town/village/locality'],
    region: ['Organization - Address - State'],
    country: ['Organization - Address - Country', 'Organization - Country'],
    source: ['Deal - Source'],
    channel: ['Deal - Source channel'],
    utm_source: ['Deal - utm_source'],
    utm_medium: ['Deal - utm_medium'],
    utm_campaign: ['Deal - utm_campaign'],
    stage: ['Deal - Status', 'Deal - Stage'],
    lost_reason: ['Deal - Lost reason'],
    won_at: ['Deal - Won time'],
    lost_at: ['Deal - Lost time'],
    amount: ['Deal - Value'],
    currency: ['Deal - Currency of Value'],
    owner: ['Deal - Owner', 'Person - Owner'],
    created_at: ['Deal - Deal created', 'Person - Person created', 'Deal - Lead created'],
  },
}
