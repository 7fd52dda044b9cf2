import type { Cell } from '~/domain/scoring/vocabulary'

/** The list of exactly the leads a cell counts: open and valid ones. */
export const cellHref = (cell: Cell): string => `/leads?${new URLSearchParams([['verdict', 'valid'], ['f', 'stage.is.inquiry.qualified.graded'], ['f', `cell.is.${String(cell)}`]])}`
