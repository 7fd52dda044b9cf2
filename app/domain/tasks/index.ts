/** Tasks: what is to be done, when, and by whom. Invariant: a lead's next step is its earliest open task; rows are written through leads, in one transaction with contacts. */
export { calendarFeed, ownFeed, regenerateFeed, revokeFeed } from './calendar-feed'
export { createTask } from './create-task'
export { followOwner } from './follow-owner'
export { cancelTask, completeTask, moveTask, reopenTask } from './settle-task'
export { leadTasks, tasksPage, type TaskGroups, type TaskLine } from './tasks-page'
