// What every page of the workspace says, and the queue: loaded before anything is shown.
import common from './common.json'
import errors from './errors.json'
import grades from './grades.json'
import leads from './leads.json'
import mail from './mail.json'
import queue from './queue.json'
import search from './search.json'
import shell from './shell.json'
import tasks from './tasks.json'

export const work = { common, errors, grades, leads, mail, queue, search, shell, tasks }
