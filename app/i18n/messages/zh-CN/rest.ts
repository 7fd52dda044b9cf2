// What the queue does without: loaded with the first other page.
import assignment from './assignment.json'
import auth from './auth.json'
import channels from './channels.json'
import forms from './forms.json'
import funnel from './funnel.json'
import gallery from './gallery.json'
import imports from './imports.json'
import lists from './lists.json'
import merging from './merging.json'
import notices from './notices.json'
import orgs from './orgs.json'
import partner from './partner.json'
import pool from './pool.json'
import settings from './settings.json'
import sla from './sla.json'
import sources from './sources.json'

export const rest = { assignment, auth, channels, forms, funnel, gallery, imports, lists, merging, notices, orgs, partner, pool, settings, sla, sources }
