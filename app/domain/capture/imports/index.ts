/** Imports: files of history. Invariant: good rows go in once, bad ones are refused with a reason, consent never comes from a file. */
export { advanceImport } from './advance-import'
export { importDetail, importResult, listImports, type ImportDetail, type ImportSummary } from './import-questions'
export { importFields } from './fields'
export { importFromFile } from './import-from-file'
export { importFile, type ImportCounts, type ImportReport } from './run-import'
export { mapImport, pauseImport, startImport, uploadImport } from './upload-import'
export { endUndo, undoImport, type KeptRecords } from './undo-import'
