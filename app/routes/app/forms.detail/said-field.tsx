import { useTranslation } from 'react-i18next'
import type { Locale } from '~/lib/locales'

type SaidFieldProps = { name: string; label: string; said: Record<Locale, string>; locales: readonly Locale[]; long?: boolean; placeholder?: Record<Locale, string>; rows?: number }

/** The same words in each language of the form; those of a language it no longer has are kept. */
export function SaidField({ name, label, said, locales, long = false, placeholder, rows = 2 }: SaidFieldProps) {
  const { t } = useTranslation('forms')
  const others = (['en', 'zh-CN'] as const).filter((locale) => !locales.includes(locale))
  return (
    <div className={locales.length > 1 ? 'grid grid-cols-2 gap-3 max-sm:grid-cols-1' : ''}>
      {locales.map((locale) => {
        const common = { name: `${name}.${locale}`, defaultValue: said[locale], lang: locale, className: 'input', placeholder: placeholder?.[locale] }
        return (
          <label key={locale} className="field">
            <span className="field-label">{locales.length > 1 ? `${label} · ${t(`language.${locale}`)}` : label}</span>
            {long ? <textarea {...common} rows={rows} /> : <input {...common} type="text" autoComplete="off" />}
          </label>
        )
      })}
      {others.map((locale) => said[locale] !== '' && <input key={locale} type="hidden" name={`${name}.${locale}`} value={said[locale]} />)}
    </div>
  )
}
