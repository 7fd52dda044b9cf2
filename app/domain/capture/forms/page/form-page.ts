import { formWords } from '~/i18n/form-words.server'
import { LOCALE_NAMES, type Locale } from '~/lib/locales'
import type { Problem, Problems } from '../check-submission'
import { all, one, type Entries } from '../read-entries'
import type { FormModel, ShownField } from './form-model'
import { attributes, html, trusted, type Html } from './html'
import { hostedPage, type HostedPage } from './hosted-page'

/** What was typed and what is wrong with it, and where the visitor came from, for the hidden fields. */
export type Typed = { entries: Entries; problems: Problems; page: string; referrer: string }
export const untouched: Typed = { entries: {}, problems: {}, page: '', referrer: '' }

/** The page of a form, with what was typed where it comes back with problems. Works without a script; holds none. */
export function formPage(model: FormModel, typed: Typed, { isIndexed = false, isPreview = false } = {}): HostedPage {
  const { locale, title, intro, key } = model
  const wrong = Object.keys(typed.problems)
  const words = formWords(locale)
  const own = typed.problems['']
  const body = html`
    ${!isPreview && model.locales.length > 1 && html`<nav class="langs" aria-label="${words.language}">${model.locales.filter((each) => each !== locale).map((each) => languageLink(key, each, typed.page))}</nav>`}
    <main>
      <h1>${title || words.send}</h1>
      ${intro !== '' && html`<p class="intro">${intro}</p>`}
      ${wrong.length > 0 && html`<p class="alert" role="alert">${own === undefined ? counted(words.problem, wrong.length) : words.problem[own]}</p>`}
      <form method="post" action="/api/forms/${key}" accept-charset="utf-8" novalidate>
        ${hidden({ _t: model.shownAt, _id: model.id, _lang: locale, _page: typed.page, _referrer: typed.referrer })}
        ${model.fields.map((field) => fieldHtml(model, field, typed))}
        <div class="trap" aria-hidden="true"><label>${words.trap}<input type="text" name="${model.honeypot}" tabindex="-1" autocomplete="off"></label></div>
        ${model.consents.map((consent) => consentHtml(model, consent, typed))}
        <button type="submit"${attributes({ disabled: isPreview })}>${model.button}</button>
      </form>
    </main>`
  return hostedPage({ locale, title: title || words.send, body, styles: conditions(model.fields), isIndexed })
}

const counted = (words: FormModel['words']['problem'], n: number): string => (n === 1 ? words.fix_one : words.fix_other.replace('{n}', String(n)))

// The language is changed without losing where the visitor came from.
function languageLink(key: string, locale: Locale, page: string): Html {
  const query = new URLSearchParams(page.includes('?') ? page.slice(page.indexOf('?') + 1) : '')
  query.set('lang', locale)
  return html`<a href="/f/${key}?${query.toString()}" hreflang="${locale}" lang="${locale}">${LOCALE_NAMES[locale]}</a>`
}

const hidden = (values: Readonly<Record<string, string>>): Html[] => Object.entries(values).filter(([, value]) => value !== '').map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)

function fieldHtml(model: FormModel, field: ShownField, typed: Typed): Html {
  const { name, input, label, help, isRequired, options, when } = field
  const { optional, problem: words } = model.words
  const id = `f-${name}`
  const problem: Problem | undefined = typed.problems[name]
  const value = one(typed.entries, name) ?? field.value
  if (input === 'hidden') return html`<input type="hidden" name="${name}" value="${value}">`
  const described = [help === '' ? '' : `${id}-h`, problem === undefined ? '' : `${id}-e`].filter((each) => each !== '').join(' ') || null
  const state = { 'aria-describedby': described, 'aria-invalid': problem === undefined ? null : 'true' }
  const caption = html`${label}${!isRequired && html` <small>${optional}</small>`}`
  const notes = html`${help !== '' && html`<span class="hint" id="${id}-h">${help}</span>`}${problem !== undefined && html`<p class="bad" id="${id}-e">${words[problem]}</p>`}`
  const box = `f${when === null ? '' : ` when-${name}`}`
  if (input === 'radio' || input === 'checks') {
    const chosen = all(typed.entries, name)
    const type = input === 'radio' ? 'radio' : 'checkbox'
    return html`<fieldset class="${box}"${attributes({ 'aria-describedby': described })}><legend>${caption}</legend>${options.map((option) => html`
      <label class="tick"><input${attributes({ type, name, value: option.value, checked: chosen.includes(option.value), 'aria-invalid': state['aria-invalid'] })}>${option.label}</label>`)}${notes}</fieldset>`
  }
  const common = { id, name, required: isRequired && when === null, autocomplete: field.autocomplete, ...state }
  return html`<div class="${box}"><label for="${id}">${caption}</label>${control(field, value, common, model.words.choose)}${notes}</div>`
}

function control(field: ShownField, value: string, common: Parameters<typeof attributes>[0], choose: string): Html {
  if (field.input === 'textarea') return html`<textarea${attributes({ ...common, maxlength: field.most, rows: 4 })}>${value}</textarea>`
  if (field.input !== 'select') return html`<input${attributes({ ...common, type: field.input === 'number' ? 'text' : field.input, inputmode: field.inputMode, maxlength: field.most, value: value === '' ? null : value })}>`
  return html`<select${attributes(common)}><option value="">${choose}</option>${field.options.map((option) => html`<option${attributes({ value: option.value, selected: option.value === value })}>${option.label}</option>`)}</select>`
}

// Never ticked by us: only what somebody ticked on this very page comes back ticked.
function consentHtml(model: FormModel, { name, text, sha256, isRequired }: FormModel['consents'][number], typed: Typed): Html {
  const problem = typed.problems[name]
  const id = `f-${name.replace('.', '-')}`
  return html`<div class="f"><label class="tick"><input${attributes({ type: 'checkbox', id, name, value: sha256, required: isRequired, checked: one(typed.entries, name) === sha256, 'aria-invalid': problem === undefined ? null : 'true', 'aria-describedby': problem === undefined ? null : `${id}-e` })}><span>${text}${!isRequired && html` <small>${model.words.optional}</small>`}</span></label>
    ${problem !== undefined && html`<p class="bad" id="${id}-e">${model.words.problem[problem]}</p>`}</div>`
}

const PLAIN = /^[a-z0-9_-]{1,40}$/i

/** Conditions without a script, where the other field is one that is chosen from. What is hidden is not listened to. */
function conditions(fields: readonly ShownField[]): Html {
  const rules = fields.flatMap(({ name, when }) => {
    const other = fields.find((each) => each.name === when?.field)
    if (when === null || other === undefined || !PLAIN.test(when.is) || !PLAIN.test(name)) return []
    const holds = other.input === 'select' ? `select[name="${other.name}"] option[value="${when.is}"]:checked` : `input[name="${other.name}"][value="${when.is}"]:checked`
    return other.options.length === 0 ? [] : [`@supports selector(:has(a)){form:not(:has(${holds})) .when-${name}{display:none}}`]
  })
  return trusted(rules.join('\n'))
}
