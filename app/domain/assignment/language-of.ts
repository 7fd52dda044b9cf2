const HAN = /\p{Script=Han}/u
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u
const byCountry: Readonly<Record<string, string>> = {
  CN: 'zh', TW: 'zh', HK: 'zh', MO: 'zh', SG: 'en', JP: 'ja', KR: 'ko', DE: 'de', AT: 'de', CH: 'de', FR: 'fr', BE: 'fr', ES: 'es', MX: 'es', AR: 'es', CO: 'es', CL: 'es',
  IT: 'it', PT: 'pt', BR: 'pt', NL: 'nl', PL: 'pl', RU: 'ru', TR: 'tr', VN: 'vi', TH: 'th', US: 'en', GB: 'en', IE: 'en', AU: 'en', NZ: 'en', CA: 'en', IN: 'en',
}

/** The language to answer a lead in, as far as its own words or its country say; null where neither does. ISO 639-1. */
export function languageOf(texts: readonly (string | null)[], country: string | null): string | null {
  const said = texts.filter((text) => text !== null).join(' ')
  if (KANA.test(said)) return 'ja'
  if (HAN.test(said)) return 'zh'
  return country === null ? null : (byCountry[country.toUpperCase()] ?? null)
}
