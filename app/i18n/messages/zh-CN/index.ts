// One line a namespace, in both languages: the types of `t()` come from English.
import auth from './auth.json'
import common from './common.json'
import forms from './forms.json'
import funnel from './funnel.json'
import imports from './imports.json'
import errors from './errors.json'
import gallery from './gallery.json'
import orgs from './orgs.json'
import leads from './leads.json'
import merging from './merging.json'
import partner from './partner.json'
import queue from './queue.json'
import settings from './settings.json'
import sources from './sources.json'
import channels from './channels.json'
import shell from './shell.json'

export const messages = { forms, sources, channels, imports, funnel, queue, partner, leads, merging, orgs, auth, common, errors, gallery, settings, shell }
