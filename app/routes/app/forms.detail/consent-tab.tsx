import { useFetcher } from '@remix-run/react'
import Plus from 'lucide-react/icons/plus'
import Trash from 'lucide-react/icons/trash-2'
import { useTranslation } from 'react-i18next'
import type { FormDetail } from '~/domain/capture'
import { consentPurposes } from '~/domain/capture/vocabulary'
import { PageSection } from '~/ui/layout/page-header'
import { Button } from '~/ui/primitives/button'
import { EmptyState } from '~/ui/primitives/empty-state'
import { useFormat } from '~/ui/use-format'
import { SaidField } from './said-field'

/** Consents that are asked, each for one purpose and never ticked before; and every wording that was ever shown. */
export function ConsentTab({ form, mayWrite }: { form: FormDetail; mayWrite: boolean }) {
  const { t } = useTranslation('forms')
  const fetcher = useFetcher()
  const { consents, locales } = form.draft
  return (
    <div className="max-w-[820px]">
      <fetcher.Form method="post" action={`/forms/${form.id}/consents`} className="mb-6 flex flex-col gap-5">
        <button type="submit" className="sr" tabIndex={-1} aria-hidden="true" />
        <fieldset disabled={!mayWrite} className="contents">
          {consents.length === 0 && <EmptyState kind="empty" title={t('consent.noneTitle')}>{t('consent.none')}</EmptyState>}
          {consents.map(({ key, purpose, isRequired, text }, at) => (
            <fieldset key={key} className="flex flex-col gap-4 border-b border-line pb-5">
              <legend className="sr">{t('problem.consentNumber', { n: at + 1 })}</legend>
              <input type="hidden" name={`consents[${String(at)}].key`} value={key} />
              <div className="flex flex-wrap items-end gap-4">
                <label className="field">
                  <span className="field-label">{t('consent.purpose')}</span>
                  <select className="input" name={`consents[${String(at)}].purpose`} defaultValue={purpose}>{consentPurposes.map((each) => <option key={each} value={each}>{t(`purpose.${each}`)}</option>)}</select>
                </label>
                <label className="check"><input type="checkbox" className="native-check" name={`consents[${String(at)}].isRequired`} defaultChecked={isRequired} /><span>{t('consent.isRequired')}</span></label>
                <span className="ml-auto"><Button size="s" icon={Trash} type="submit" name="change" value={`remove:${String(at)}`}>{t('consent.remove')}</Button></span>
              </div>
              <SaidField name={`consents[${String(at)}].text`} label={t('consent.text')} said={text} locales={locales} long rows={3} />
            </fieldset>
          ))}
          {mayWrite && (
            <div className="flex flex-wrap items-center gap-3">
              <Button icon={Plus} type="submit" name="change" value="add">{t('consent.add')}</Button>
              {consents.length > 0 && <Button type="submit">{t('fields.save')}</Button>}
              <span role="status" className="text-12 text-muted">{fetcher.state === 'idle' && fetcher.data !== undefined ? t('fields.saved') : ''}</span>
            </div>
          )}
        </fieldset>
      </fetcher.Form>
      {form.texts.length > 0 && <Wordings texts={form.texts} />}
    </div>
  )
}

function Wordings({ texts }: { texts: FormDetail['texts'] }) {
  const { t } = useTranslation('forms')
  const format = useFormat()
  return (
    <PageSection title={t('consent.history')}>
      <p className="mb-3 text-13 text-muted">{t('consent.historyHint')}</p>
      <div className="tbl-wrap" tabIndex={0} role="region" aria-label={t('consent.history')}>
        <table className="tbl">
          <thead><tr><th scope="col">{t('consent.text')}</th><th scope="col">SHA-256</th><th scope="col">{t('consent.since')}</th><th scope="col" className="text-right">{t('consent.given')}</th><th scope="col" className="text-right">{t('consent.refused')}</th></tr></thead>
          <tbody>
            {texts.map(({ consent, locale, sha256, text, at, given, refused }) => (
              <tr key={`${consent} ${sha256}`}>
                <td lang={locale} className="max-w-80 whitespace-normal">{text}</td>
                <td><code title={sha256} className="text-12">{sha256.slice(0, 12)}…</code></td>
                <td>{format.date(at, 'moment')}</td>
                <td className="tn text-right">{format.number(given)}</td>
                <td className="tn text-right">{format.number(refused)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </PageSection>
  )
}
