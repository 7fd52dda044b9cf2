import { Form, useNavigation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { PageSection } from '~/ui/layout/page-header'
import { useMergeWords } from '~/ui/merging/merge-words'
import { Button, LinkButton } from '~/ui/primitives/button'
import { AttributionTable } from './attribution-table'
import { LeadChoices } from './lead-choices'
import type { MergePageData } from './route'

export type Preview = NonNullable<MergePageData['preview']>
type Named = { id: string; name: string }

/** The two side by side, field by field, and all that merging them does: nothing is done before the button. */
export function MergeForm({ kept, gone, preview }: { kept: Named; gone: Named; preview: Preview }) {
  const { t } = useTranslation('merging')
  const busy = useNavigation().formMethod === 'POST'
  return (
    <Form method="post" className="max-w-[52rem]">
      <input type="hidden" name="kind" value={preview.kind} />
      <input type="hidden" name="keptId" value={kept.id} />
      <input type="hidden" name="goneId" value={gone.id} />
      <p className="mb-4 flex flex-wrap items-center gap-3 text-14">
        <span>{t('new.stays', { name: kept.name === '' ? t('nameless') : kept.name })}</span>
        <LinkButton size="s" variant="quiet" to={`?kind=${preview.kind}&kept=${gone.id}&gone=${kept.id}`}>{t('new.swap')}</LinkButton>
      </p>
      <PageSection title={t('new.fields')}><FieldPicker kept={kept} gone={gone} preview={preview} /></PageSection>
      <PageSection title={t('new.leads')}>
        {preview.hiddenLeads > 0 && <p role="alert" className="form-alert mb-3"><span>{t('new.hidden')}</span></p>}
        <LeadChoices closings={preview.closings} />
      </PageSection>
      <PageSection title={t('new.attribution')}><AttributionTable preview={preview} /></PageSection>
      <div className="flex flex-wrap items-center gap-3 border-t border-line py-5">
        <Button type="submit" variant="next" isPending={busy} isDisabled={preview.hiddenLeads > 0}>{t('new.do')}</Button>
        <span className="text-13 text-muted">{t('new.reversible')}</span>
      </div>
    </Form>
  )
}

function FieldPicker({ kept, gone, preview }: { kept: Named; gone: Named; preview: Preview }) {
  const { t } = useTranslation('merging')
  const words = useMergeWords()
  return (
    <table className="mg-fields">
      <thead><tr><td /><th scope="col">{kept.name === '' ? t('nameless') : kept.name}</th><th scope="col">{gone.name === '' ? t('nameless') : gone.name}</th></tr></thead>
      <tbody>
        {preview.fields.map(({ field, suggested, differs, ...values }) => (
          <tr key={field}>
            <th scope="row">{words.field(field)}</th>
            {(['kept', 'gone'] as const).map((side) => (
              <td key={side}>
                {differs ? (
                  <label><input type="radio" name={`fields.${field}`} value={side} defaultChecked={suggested === side} aria-label={`${words.field(field)}: ${values[side] ?? t('new.blank')}`} /><span>{values[side] ?? <span className="text-muted">{t('new.blank')}</span>}</span></label>
                ) : <span className="text-muted">{values[side] ?? '—'}</span>}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
