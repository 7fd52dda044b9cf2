import { command } from '../kernel'
import { MergePeople } from './contract'
import { mergeRecords, type Merged } from './merge-records'
import { personKind } from './record-kind'

/**
 * Makes two people one, for as long as nobody splits them: no row moves, touches keep source, channel and campaign, and
 * a second open lead of the same interest closes under the one that stays. Refuses: not-found, already-merged,
 * choice-missing (two owners; a later lead further along), not-allowed (a lead out of sight; another's lead taken away).
 */
export const mergePeople = command({
  name: 'merge.people',
  permission: 'leads:write',
  input: MergePeople,
  run: async ({ input, ...work }): Promise<Merged> => mergeRecords(work, personKind, input),
})
