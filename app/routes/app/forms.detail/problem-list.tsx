import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslation } from 'react-i18next'
import type { FormDetail } from '~/domain/capture'

type Answer = { done?: unknown; refusal?: { code: string; fields: Record<string, string[]> } } | undefined

/** What stands against publishing, each with the place it is at. */
export function ProblemList({ answer, form }: { answer: Answer; form: FormDetail }) {
  const { t, i18n } = useTranslation('forms')
  const refusal = answer?.refusal
  if (refusal === undefined) return null
  const place = (path: string) => {
    const [part, at, what = ''] = path.split('.')
    if (at === undefined) return t('problem.inFields')
    const field = part === 'fields' ? form.draft.fields[Number(at)] : undefined
    const name = field === undefined ? t('problem.consentNumber', { n: Number(at) + 1 }) : field.label.en || field.label['zh-CN'] || field.key
    return what === 'options' ? `${name} · ${t('fields.options')}` : what === 'when' ? `${name} · ${t('fields.when')}` : name
  }
  const say = (code: string) => (i18n.exists(`forms:problem.${code}`) ? t(`problem.${code}` as 'problem.required') : t('problem.invalid'))
  const problems = Object.entries(refusal.fields)
  return (
    <div role="alert" className="form-alert mb-5">
      <CircleAlert className="i" aria-hidden="true" />
      <div>
        <p className="font-medium">{t('problem.notPublished')}</p>
        <ul className="list-disc pl-5">{problems.map(([path, codes]) => <li key={path}>{place(path)}: {codes.map(say).join(' ')}</li>)}</ul>
      </div>
    </div>
  )
}
