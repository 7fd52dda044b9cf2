import type * as schema from '~db/schema'

type Row<T extends { $inferInsert: unknown }> = T['$inferInsert']

/** Everything a told organisation puts into the database, table by table, in the order of its keys. */
export type WorldRows = {
  organisations: Row<typeof schema.organisations>[]
  teams: Row<typeof schema.teams>[]
  members: Row<typeof schema.members>[]
  workCalendars: Row<typeof schema.workCalendars>[]
  workDays: Row<typeof schema.workDays>[]
  absences: Row<typeof schema.absences>[]
  assignmentMembers: Row<typeof schema.assignmentMembers>[]
  pools: Row<typeof schema.pools>[]
  poolPeople: Row<typeof schema.poolPeople>[]
  fieldDefinitions: Row<typeof schema.fieldDefinitions>[]
  channels: Row<typeof schema.channels>[]
  campaigns: Row<typeof schema.campaigns>[]
  exposures: Row<typeof schema.exposures>[]
  productLines: Row<typeof schema.productLines>[]
  companies: Row<typeof schema.companies>[]
  companyPhones: Row<typeof schema.companyPhones>[]
  people: Row<typeof schema.people>[]
  identities: Row<typeof schema.identities>[]
  employments: Row<typeof schema.employments>[]
  sources: Row<typeof schema.sources>[]
  leads: Row<typeof schema.leads>[]
  leadStages: Row<typeof schema.leadStages>[]
  assignmentReceipts: Row<typeof schema.assignmentReceipts>[]
  ownershipChanges: Row<typeof schema.ownershipChanges>[]
  leadFieldValues: Row<typeof schema.leadFieldValues>[]
  stageMoves: Row<typeof schema.stageMoves>[]
  leadPeople: Row<typeof schema.leadPeople>[]
  leadChecklists: Row<typeof schema.leadChecklists>[]
  leadChanges: Row<typeof schema.leadChanges>[]
  activities: Row<typeof schema.activities>[]
  tasks: Row<typeof schema.tasks>[]
  inquiries: Row<typeof schema.inquiries>[]
  inquiryDetails: Row<typeof schema.inquiryDetails>[]
  touches: Row<typeof schema.touches>[]
  revenueLines: Row<typeof schema.revenueLines>[]
  deliveries: Row<typeof schema.deliveries>[]
  deliveryBodies: Row<typeof schema.deliveryBodies>[]
  deliveryKeys: Row<typeof schema.deliveryKeys>[]
  deliveryOutcomes: Row<typeof schema.deliveryOutcomes>[]
  fetches: Row<typeof schema.fetches>[]
  fetchOrders: Row<typeof schema.fetchOrders>[]
  sourceWatches: Row<typeof schema.sourceWatches>[]
}

export const noRows = (): WorldRows => ({
  organisations: [], teams: [], members: [], workCalendars: [], workDays: [], absences: [], assignmentMembers: [], pools: [], poolPeople: [], fieldDefinitions: [], channels: [], campaigns: [], exposures: [], productLines: [], companies: [], companyPhones: [],
  people: [], identities: [], employments: [], sources: [], leads: [], leadStages: [], assignmentReceipts: [], ownershipChanges: [], leadFieldValues: [], stageMoves: [], leadPeople: [], leadChecklists: [],
  leadChanges: [], activities: [], tasks: [], inquiries: [], inquiryDetails: [], touches: [], revenueLines: [], deliveries: [], deliveryBodies: [], deliveryKeys: [],
  deliveryOutcomes: [], fetches: [], fetchOrders: [], sourceWatches: [],
})
