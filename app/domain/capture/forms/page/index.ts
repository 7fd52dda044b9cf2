import { confirmedPage, confirmPage, saying, sorryPage, thanksPage } from './answer-pages'
import { formModel, previewModel } from './form-model'
import { formPage, untouched } from './form-page'
import { hostedHeaders } from './hosted-page'

/** The pages strangers see of a form, as HTML without a script, and the headers they are sent with. */
export const hosted = { formModel, previewModel, formPage, untouched, thanksPage, confirmPage, confirmedPage, sorryPage, saying, headers: hostedHeaders }
