/** Sla: promises of when somebody answers, and the clocks that measure them. Invariant: only a logged contact stops a clock in time; each warning and breach is told once. */
export { clocksOf, clockState, type ClockView } from './clocks-of'
export { fireIn, fireTimers } from './fire-timers'
export { keepClocks, keepScoredClocks } from './keep-clocks'
export { reckonClocks } from './reckon-clocks'
export { archivePolicy, changePolicy, orderPolicy } from './change-policy'
export { createPolicy } from './create-policy'
export { listPolicies, policyDetail, type ListedPolicy } from './list-policies'
export { previewDays, previewPolicy, type PolicyPreview } from './preview-policy'
