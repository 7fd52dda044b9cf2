const MAIL = /[^\s"'<>(),;:=]+@[^\s"'<>(),;]+\.[^\s"'<>(),;.]+/g
const PHONE = /(?<![\w.:-])(?:\+\d[\d ()-]{7,18}\d|1[3-9]\d{9}|0\d{2,3}-\d{7,8})(?![\w-])/g
const CREDENTIALS = /(\w+:\/\/)[^\s/@]*@/g
const BEARER = /\b(bearer|basic)\s+[\w.~+/=-]+/gi

/** A text for the log: mail addresses, phone numbers and credentials in addresses replaced by what they are. */
export function scrub(text: string): string {
  return text
    .replace(CREDENTIALS, '$1[credentials]@')
    .replace(BEARER, '$1 [token]')
    .replace(MAIL, (found) => (found.includes('[credentials]') ? found : '[email]'))
    .replace(PHONE, '[phone]')
}
