/** Views: lists that people keep, and changes of many leads at once. Invariant: a bulk change marks each lead in the transaction that changes it. */
export { advanceBulk } from './advance-bulk'
export { bulkProgress, listBulk, type BulkLeft, type BulkSummary } from './bulk-progress'
export { pinView, setDefaultView } from './choose-view'
export { cancelBulk, undoBulk } from './end-bulk'
export { listViews, type SavedView } from './list-views'
export { previewBulk, type BulkPreview } from './preview-bulk'
export { changeView, deleteView, renameView, restoreView, saveView } from './save-view'
export { startBulk } from './start-bulk'
