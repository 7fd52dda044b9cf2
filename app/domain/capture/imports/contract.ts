import * as z from 'zod'
import { idOf, requiredLine } from '../../kernel/contract'
import { importKinds } from '../vocabulary'
import { MappingFile } from './mapping'

/** The largest file the page takes; larger ones go in by the command line. */
export const uploadAtMost = 25 * 1024 * 1024

export const UploadImport = z.object({
  kind: z.enum(importKinds),
  fileName: requiredLine(200),
  content: z.instanceof(Uint8Array),
})
export const OneImport = z.object({ importId: idOf('imp') })
export const MapImport = OneImport.extend({ mapping: MappingFile })
/** `ticks` are the warnings of the check that were read and accepted. */
export const StartImport = OneImport.extend({ ticks: z.array(z.string().max(60)).max(60).default([]) })
