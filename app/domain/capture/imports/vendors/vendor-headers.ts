import type { ImportField } from '../fields'

/**
 * How one system names the columns of its exports. Edit freely: a header is compared without case, width, blanks and marks.
 * `marks` are headers, or beginnings of headers that end in `…`, by which a file is known to be this system's.
 */
export type VendorHeaders = { marks: readonly string[]; headers: Partial<Record<ImportField, readonly string[]>> }
