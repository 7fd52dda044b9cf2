import type { VendorHeaders } from './vendor-headers'

/** Close, export of leads. Its own columns of an organisation are called `custom.<Name>`. */
export const close: VendorHeaders = {
  marks: ['primary_contact_…', 'custom.…', 'status_label', 'display_name', 'date_created', 'last_call_note', 'next_task_date'],
  headers: {
    external_id: ['id'],
    first_name: ['primary_contact_first_name'],
    last_name: ['primary_contact_last_name'],
    full_name: ['primary_contact_name'],
    email: ['primary_contact_primary_email'],
    phone: ['primary_contact_primary_phone'],
    title: ['primary_contact_title'],
    company: ['display_name', 'lead_name'],
    website: ['url', 'primary_contact_primary_url'],
    source: ['custom.Lead Source'],
    stage: ['status_label'],
    owner: ['custom.Lead Owner', 'custom.Owner'],
    created_at: ['date_created'],
    note: ['description', 'last_call_note'],
  },
}
