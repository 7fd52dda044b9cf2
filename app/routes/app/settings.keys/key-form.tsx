import { useTranslation } from 'react-i18next'
import { apiKeyScopes, type ApiKeyScope } from '~/domain/auth/vocabulary'
import { InputField } from '~/ui/forms/fields'
import { ActionForm, SubmitButton, useActionForm } from '~/ui/forms/form'
import { useSaid, type CodedAnswer } from '~/ui/forms/use-said'
import { useAccountWords } from '~/ui/forms/use-account-words'

// A colon in a key would name a namespace.
const keyOf = (scope: ApiKeyScope) => scope.replace(':', '-') as ScopeKey<ApiKeyScope>
type ScopeKey<S> = S extends `${infer A}:${infer B}` ? `${A}-${B}` : never

type Values = { name: string; scopes: string[]; days?: string }

/** Name, what it may do, how long it holds. */
export function KeyForm({ answer }: { answer: CodedAnswer }) {
  const { t } = useTranslation('orgs')
  const [form, fields] = useActionForm<Values>({ id: 'key', result: useSaid(answer, useAccountWords()) })
  const missing = fields.scopes.errors?.[0]
  return (
    <ActionForm form={form}>
      <InputField field={fields.name} label={t('keys.name')} description={t('keys.nameHint')} className="max-w-[28rem]" autoComplete="off" />
      <fieldset className="field">
        <legend className="field-label mb-1">{t('keys.scopes')}</legend>
        <div className="grid gap-x-6 sm:grid-cols-2">
          {apiKeyScopes.map((scope) => (
            <label key={scope} className="check">
              <input type="checkbox" name="scopes" value={scope} className="native-check" />
              <span>
                {t(`keys.scope.${keyOf(scope)}`)} <code className="text-12 text-faint">{scope}</code>
              </span>
            </label>
          ))}
        </div>
        {missing !== undefined && <p className="field-error">{missing}</p>}
      </fieldset>
      <label className="field w-40">
        <span className="field-label">{t('keys.expires')}</span>
        <select name="days" defaultValue="365" className="input">
          {['30', '90', '365'].map((count) => <option key={count} value={count}>{t('keys.days', { count: Number(count) })}</option>)}
          <option value="">{t('keys.never')}</option>
        </select>
      </label>
      <div>
        <SubmitButton>{t('keys.create')}</SubmitButton>
      </div>
    </ActionForm>
  )
}
