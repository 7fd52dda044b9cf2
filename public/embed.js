/* Clew forms: draws a form into the page that holds this script, in a shadow root. No cookie; nothing is stored before
   the page says clew.consent(true) (or data-consent="granted"), and nothing at all under GPC or DNT. No dependencies. */
(() => {
  'use strict'
  const script = document.currentScript
  if (!script || !script.dataset.form) return
  const base = new URL(script.src).origin
  const STORE = 'clew_touch', DAYS = 90
  const optedOut = navigator.globalPrivacyControl === true || navigator.doNotTrack === '1' || window.doNotTrack === '1'
  const CLICK = /^(?:gclid|wbraid|gbraid|gclsrc|dclid|fbclid|msclkid|li_fat_id|ttclid|twclid|sccid|epik|rdt_cid|obclid|tblci|clickid|callback|qhclickid|qz_gdt|click_id|\w*clid|\w*_vid)$/i
  const clew = (window.clew = window.clew || {})

  // The page as it was opened: read once, kept in memory only.
  const seen = { page: address(location.href), referrer: document.referrer ? new URL(document.referrer).origin + new URL(document.referrer).pathname : '', at: new Date().toISOString() }
  let allowed = script.dataset.consent === 'granted' || clew.granted === true
  const remember = () => {
    if (!allowed || optedOut) return null
    try {
      const kept = JSON.parse(localStorage.getItem(STORE) || 'null')
      if (kept && Date.parse(kept.at) > Date.now() - DAYS * 864e5) return kept
      const fresh = { ...seen, visitor: 'v_' + Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('') }
      localStorage.setItem(STORE, JSON.stringify(fresh))
      return fresh
    } catch { return null }
  }
  const earlier = clew.consent
  clew.consent = (yes) => {
    if (earlier) earlier(yes)
    allowed = clew.granted = yes === true
    try { if (allowed) remember(); else localStorage.removeItem(STORE) } catch { /* a browser without storage */ }
  }
  if (allowed) remember()

  // Who opted out is not to be recognised: of the address only what names no click of theirs goes along.
  function address(href) {
    const url = new URL(href)
    url.hash = ''
    if (optedOut) for (const name of [...url.searchParams.keys()]) if (CLICK.test(name)) url.searchParams.delete(name)
    return url.href.slice(0, 2000)
  }

  const el = (tag, attrs, ...children) => {
    const node = document.createElement(tag)
    for (const [name, value] of Object.entries(attrs || {})) if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : value)
    node.append(...children.filter((child) => child !== null && child !== false))
    return node
  }

  const CSS = `:host{display:block;color-scheme:inherit;font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif;font-family:inherit}
*{box-sizing:border-box}h2{margin:0 0 8px;font-size:1.35em;line-height:1.3}p{margin:0 0 12px}.intro{opacity:.85;white-space:pre-line}
form{display:flex;flex-direction:column;gap:16px;max-width:560px}
.f{display:flex;flex-direction:column;gap:6px;border:0;margin:0;padding:0;min-width:0}.f[hidden],.trap{display:none}
.f>label,legend{padding:0;font-size:.9em;font-weight:600}small,.hint{font-size:.85em;font-weight:400;opacity:.8}
input:not([type=checkbox]):not([type=radio]),select,textarea{width:100%;min-height:44px;padding:9px 12px;border:1px solid #8a857e;border-radius:6px;background:Field;color:FieldText;font:inherit}
textarea{min-height:104px;resize:vertical}.f>label.tick,.tick{display:flex;gap:10px;align-items:flex-start;font-size:.9em;font-weight:400;white-space:pre-line}.tick input{width:20px;height:20px;margin:1px 0 0;flex:none}
[aria-invalid=true]{border-color:#b3261e!important}.bad,.alert:not(:empty){margin:0;padding-left:8px;border-left:3px solid #d0452c;font-size:.87em;font-weight:600}.alert{margin:0}
button{align-self:flex-start;min-height:44px;padding:10px 22px;border:0;border-radius:6px;background:var(--clew-accent,#c0341a);color:var(--clew-on-accent,#fff);font:inherit;font-weight:600;cursor:pointer}
button[disabled]{opacity:.6}:focus-visible{outline:2px solid #2f6fdb;outline-offset:1px}code{display:block;margin:6px 0;overflow-wrap:anywhere}`

  const fieldOf = (root, model, field) => {
    const id = 'f-' + field.name
    const given = script.dataset[field.name.replace(/_(\w)/g, (_, c) => c.toUpperCase())]
    if (field.input === 'hidden') return el('input', { type: 'hidden', name: field.name, value: given ?? field.value })
    const caption = [field.label, field.isRequired ? null : el('small', {}, ' ' + model.words.optional)]
    const help = field.help ? el('span', { class: 'hint', id: id + '-h' }, field.help) : null
    const bad = el('p', { class: 'bad', id: id + '-e', hidden: true })
    const common = { id, name: field.name, 'aria-describedby': (help ? id + '-h ' : '') + id + '-e' }
    let box
    if (field.input === 'radio' || field.input === 'checks') {
      const type = field.input === 'radio' ? 'radio' : 'checkbox'
      box = el('fieldset', { class: 'f', 'aria-describedby': common['aria-describedby'] }, el('legend', {}, ...caption.filter(Boolean)),
        ...field.options.map((option) => el('label', { class: 'tick' }, el('input', { type, name: field.name, value: option.value }), el('span', {}, option.label))), help, bad)
    } else {
      const control = field.input === 'textarea' ? el('textarea', { ...common, rows: 4, maxlength: field.most })
        : field.input === 'select' ? el('select', { ...common, autocomplete: field.autocomplete }, el('option', { value: '' }, model.words.choose), ...field.options.map((option) => el('option', { value: option.value }, option.label)))
          : el('input', { ...common, type: field.input === 'number' ? 'text' : field.input, inputmode: field.inputMode, autocomplete: field.autocomplete, maxlength: field.most, value: field.value || null })
      if (field.isRequired) control.setAttribute('aria-required', 'true')
      box = el('div', { class: 'f' }, el('label', { for: id }, ...caption.filter(Boolean)), control, help, bad)
    }
    box.dataset.field = field.name
    return box
  }

  const consentOf = (model, consent) => {
    const id = 'f-' + consent.name.replace('.', '-')
    return el('div', { class: 'f', 'data-field': consent.name },
      el('label', { class: 'tick' }, el('input', { type: 'checkbox', id, name: consent.name, value: consent.sha256, 'aria-describedby': id + '-e' }), el('span', {}, consent.text, consent.isRequired ? '' : el('small', {}, ' ' + model.words.optional))),
      el('p', { class: 'bad', id: id + '-e', hidden: true }))
  }

  const draw = (host, model) => {
    const root = host.shadowRoot || host.attachShadow({ mode: 'open' })
    // Constructed style sheets are not held back by a page's style-src.
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(CSS)
    root.adoptedStyleSheets = [sheet]
    host.lang = model.locale
    const alert = el('p', { class: 'alert', role: 'alert' })
    const send = el('button', { type: 'submit' }, model.button)
    const form = el('form', { novalidate: true, 'aria-label': model.title || model.button },
      ...model.fields.map((field) => fieldOf(root, model, field)),
      el('div', { class: 'trap', 'aria-hidden': 'true' }, el('input', { type: 'text', name: model.honeypot, tabindex: '-1', autocomplete: 'off', 'aria-label': model.words.trap })),
      ...model.consents.map((consent) => consentOf(model, consent)), alert, send)
    const shows = (field, depth = 0) => {
      if (!field.when || depth > 20) return depth <= 20
      const other = model.fields.find((each) => each.name === field.when.field)
      return !!other && shows(other, depth + 1) && new FormData(form).getAll(other.name).some((value) => String(value).trim() === field.when.is)
    }
    const settle = () => { for (const field of model.fields) { const box = form.querySelector(`[data-field="${field.name}"]`); if (box) box.hidden = !shows(field) } }
    const say = (problems) => {
      let first = null
      for (const box of form.querySelectorAll('[data-field]')) {
        const text = problems[box.dataset.field]
        const bad = box.querySelector('.bad')
        bad.hidden = !text
        bad.textContent = text || ''
        for (const control of box.querySelectorAll('input,select,textarea')) { if (text) { control.setAttribute('aria-invalid', 'true'); first ??= control } else control.removeAttribute('aria-invalid') }
      }
      const count = Object.keys(problems).length
      alert.textContent = problems[''] || (count === 0 ? '' : count === 1 ? model.words.problem.fix_one : model.words.problem.fix_other.replace('{n}', count))
      if (first) first.focus()
    }
    const missing = () => {
      const said = new FormData(form)
      const problems = {}
      for (const field of model.fields) if (field.isRequired && shows(field) && !said.getAll(field.name).some((value) => String(value).trim())) problems[field.name] = model.words.problem.required
      for (const consent of model.consents) if (consent.isRequired && !said.has(consent.name)) problems[consent.name] = model.words.problem['consent-needed']
      return problems
    }
    form.addEventListener('input', settle)
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      if (send.disabled) return
      const problems = missing()
      say(problems)
      if (Object.keys(problems).length > 0) return
      void submit(root, model, form, { send, alert, say, shows })
    })
    settle()
    root.replaceChildren(...[model.title ? el('h2', {}, model.title) : null, model.intro ? el('p', { class: 'intro' }, model.intro) : null, form].filter(Boolean))
  }

  const submit = async (root, model, form, { send, alert, say, shows }) => {
    send.disabled = true
    send.textContent = model.words.sending
    const said = new FormData(form)
    for (const field of model.fields) if (!shows(field)) said.delete(field.name)
    const first = remember()
    const own = { _t: model.shownAt, _id: model.id, _lang: model.locale, _page: address(location.href), _referrer: seen.referrer }
    if (first) Object.assign(own, { _first_page: first.page, _first_referrer: first.referrer, _first_at: first.at, _visitor: first.visitor })
    // The page somebody landed on says where they came from, when the form stands on another one.
    if (!/[?&](?:utm_|\w*clid=|\w*_vid=)/i.test(own._page) && /[?&](?:utm_|\w*clid=|\w*_vid=)/i.test(seen.page)) own._page = seen.page
    for (const [name, value] of Object.entries(own)) if (value) said.append(name, value)
    try {
      const answer = await fetch(`${base}/api/forms/${model.key}`, { method: 'POST', body: new URLSearchParams(said), headers: { Accept: 'application/json' }, credentials: 'omit', referrerPolicy: 'strict-origin-when-cross-origin' })
      const result = await answer.json()
      if (answer.ok) return thank(root, model, result)
      if (answer.status === 422 && result.errors) say(Object.fromEntries(result.errors.map((error) => [error.pointer.slice(1), error.detail])))
      else alert.textContent = answer.status === 429 ? model.words.tooMany : answer.status === 410 ? model.words.closed : answer.status === 403 ? model.words.wrongSite : model.words.failed
    } catch {
      alert.textContent = model.words.failed
    }
    send.disabled = false
    send.textContent = model.button
  }

  const thank = (root, model, result) => {
    const { thanks } = model.words
    root.host.dispatchEvent(new CustomEvent('clew:sent', { bubbles: true, composed: true, detail: { receipt: result.receipt } }))
    if (result.redirect && !result.confirm && /^https?:/.test(result.redirect)) return void location.assign(result.redirect)
    const box = el('div', { role: 'status', tabindex: '-1' }, el('h2', {}, result.thanks.title), el('p', { class: 'intro' }, result.thanks.text), el('p', {}, el('span', { class: 'hint' }, thanks.receipt), el('code', {}, result.receipt), el('span', { class: 'hint' }, thanks.receiptHint)))
    root.replaceChildren(box)
    box.focus()
  }

  const start = async () => {
    const host = el('div', { class: 'clew-form' })
    const place = script.dataset.target ? document.querySelector(script.dataset.target) : null
    if (place) place.append(host)
    else script.after(host)
    const wanted = script.dataset.lang || document.documentElement.lang || navigator.language || ''
    try {
      const answer = await fetch(`${base}/api/forms/${encodeURIComponent(script.dataset.form)}?lang=${encodeURIComponent(wanted)}`, { credentials: 'omit' })
      if (answer.ok) draw(host, await answer.json())
    } catch { /* the page goes on without the form */ }
  }
  void start()
})()
