/** Headers of other systems' exports (conventions.md §3), one file a system: data, to be edited. */
import { foldHeader } from '../fold-header'
import { anySystem } from './any-system'
import { chinese } from './chinese'
import { close } from './close'
import { hubspot } from './hubspot'
import { pipedrive } from './pipedrive'
import { salesforce } from './salesforce'
import type { VendorHeaders } from './vendor-headers'

export const vendorNames = ['hubspot', 'salesforce', 'pipedrive', 'close', 'chinese', 'common'] as const
export type VendorName = (typeof vendorNames)[number]
export const vendors: Readonly<Record<VendorName, VendorHeaders>> = { hubspot, salesforce, pipedrive, close, chinese, common: anySystem }

/** The system whose export this is, by at least two headers only it uses; null where none stands out. */
export function vendorOf(headers: readonly string[]): VendorName | null {
  const folded = headers.map(foldHeader)
  const hits = vendorNames.map((name) => ({ name, n: folded.filter((header) => isMark(vendors[name], header)).length })).sort((a, b) => b.n - a.n)
  const [best] = hits
  return best !== undefined && best.n >= 2 ? best.name : null
}

const isMark = ({ marks }: VendorHeaders, folded: string): boolean =>
  marks.some((mark) => (mark.endsWith('…') ? folded.startsWith(foldHeader(mark.slice(0, -1))) : folded === foldHeader(mark)))
