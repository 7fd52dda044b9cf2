/** People: companies, people and what identifies them. Invariant: one identity belongs to one person of an organisation. */
export { addIdentities } from './add-identities'
export { forgetPerson } from './forget-person'
export { markCustomer } from './mark-customer'
export { companyDetail, type CompanyDetail } from './company-detail'
export { personDetail, type PersonDetail } from './person-detail'
export { updateCompany } from './update-company'
export { updatePerson } from './update-person'
