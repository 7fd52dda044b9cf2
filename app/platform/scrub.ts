// Every part has a longest length: an open one reads on to the end from every letter of a long text.
const MAIL = /[^\s"'<>(),;:=@]{1,64}@[^\s"'<>(),;@]{1,253}\.[^\s"'<>(),;.@]{1,63}/g
const PHONE = /(?<![\w.:-])(?:\+\d[\d ()-]{7,18}\d|1[3-9]\d{9}|0\d{2,3}-\d{7,8})(?![\w-])/g
const CREDENTIALS = /(\w{1,20}:\/\/)[^\s/@]{0,300}@/g
const LONGEST = 20_000
const BEARER = /\b(bearer|basic)\s+[\w.~+/=-]+/gi

/** A text for the log: mail addresses, phone numbers and credentials in addresses replaced by what they are. */
export function scrub(text: string): string {
  return text
    .slice(0, LONGEST)
    .replace(CREDENTIALS, '$1[credentials]@')
    .replace(BEARER, '$1 [token]')
    .replace(MAIL, (found) => (found.includes('[credentials]') ? found : '[email]'))
    .replace(PHONE, '[phone]')
}
