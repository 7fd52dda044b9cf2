import type { JsonValue } from '~/lib/json-big'
import { textOf } from '../../clean-text'
import { isObject, own, type JsonObject } from '../read-body'

/** A question as its form asks it. `field` is LinkedIn's own name where it is one of its prepared questions. */
export type Question = { field: string | null; text: string | null; options: ReadonlyMap<string, string> }

/** The questions of a form by their ids, and the texts of its consents by theirs. Empty where there is no form. */
export function questionsOf(form: JsonValue | undefined): { questions: ReadonlyMap<string, Question>; consents: ReadonlyMap<string, string> } {
  const content = isObject(form) ? own(form, 'content') : undefined
  const legal = isObject(content) ? own(content, 'legalInfo') : undefined
  const questions = listed(content, 'questions').flatMap((item): [string, Question][] => {
    const id = textOf(own(item, 'questionId'), 40)
    return id === null ? [] : [[id, { field: textOf(own(item, 'predefinedField'), 60), text: localised(own(item, 'question')) ?? textOf(own(item, 'name'), 300), options: optionsOf(item) }]]
  })
  const consents = listed(legal, 'consents').flatMap((item): [string, string][] => {
    const [id, text] = [textOf(own(item, 'id') ?? own(item, 'consentId'), 40), localised(own(item, 'consent'))]
    return id === null || text === null ? [] : [[id, text]]
  })
  return { questions: new Map(questions), consents: new Map(consents) }
}

function optionsOf(question: JsonObject): ReadonlyMap<string, string> {
  const details = own(question, 'questionDetails')
  const choice = isObject(details) ? own(details, 'multipleChoiceQuestionDetails') : undefined
  return new Map(listed(choice, 'options').flatMap((item): [string, string][] => {
    const [id, text] = [textOf(own(item, 'id'), 40), localised(own(item, 'text'))]
    return id === null || text === null ? [] : [[id, text]]
  }))
}

function listed(value: JsonValue | undefined, name: string): JsonObject[] {
  const list = isObject(value) ? own(value, name) : undefined
  return Array.isArray(list) ? list.slice(0, 100).filter(isObject) : []
}

// `{"localized":{"en_US":"…"}}`; of several languages the first one, which is the form's own.
function localised(value: JsonValue | undefined): string | null {
  if (!isObject(value)) return textOf(value, 300)
  const texts = own(value, 'localized')
  return isObject(texts) ? (Object.values(texts).map((text) => textOf(text, 300)).find((text) => text !== null) ?? null) : null
}
