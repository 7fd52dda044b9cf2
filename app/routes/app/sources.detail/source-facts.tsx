import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SetField, SourceDetail, SourceSetup } from '~/domain/capture'
import type { SourceChoices } from '~/http'
import { PageSection } from '~/ui/layout/page-header'
import { Button, LinkButton } from '~/ui/primitives/button'
import { Dialog } from '~/ui/primitives/dialog'
import type { KeyWords } from '~/ui/sources/key-fields'
import { EditForm } from './edit-form'
import { KeysForm } from './keys-form'

type Changes = { choices: SourceChoices; setup: SourceSetup | null; words: KeyWords }

/** Where leads of a source go, what its platform gave us, and which answers are which fields. */
export function SourceFacts({ source, changes }: { source: SourceDetail; changes: Changes | null }) {
  const { t } = useTranslation('sources')
  const setup = changes?.setup ?? null
  const campaign = changes?.choices.campaigns.find(({ id }) => id === setup?.campaignId)?.label
  const facts: [string, string][] = [
    [t('list.connector'), t(`connector.${source.connector}`)], [t('one.channel'), source.channel?.name ?? t('one.none')], ...(campaign === undefined ? [] : [[t('new.campaign'), campaign] as [string, string]]),
    [t('one.owner'), source.owner?.name ?? t('new.nobody')], ...(source.pool === null ? [] : [[t('new.pool'), source.pool.name] as [string, string]]), [t('one.productLine'), source.productLine?.name ?? t('new.default')], [t('one.rule'), t(`rule.${source.leadRule}`)], [t('one.country'), source.defaultCountry],
  ]
  return (
    <>
      <PageSection title={t('one.facts')} aside={changes !== null && <ChangeDialog title={source.name}>{(done) => <EditForm source={source} campaignId={setup?.campaignId ?? null} choices={changes.choices} onDone={done} />}</ChangeDialog>}>
        <Facts facts={facts} />
      </PageSection>
      {setup !== null && changes !== null && setup.fields.length > 0 && (
        <PageSection title={t('keys.title')} aside={<ChangeDialog title={t('keys.title')}>{(done) => <KeysForm sourceId={source.id} fields={setup.fields} words={changes.words} onDone={done} />}</ChangeDialog>}>
          <Facts facts={setup.fields.map((field) => [changes.words[field.name]?.label ?? field.name, valueOf(field)])} />
        </PageSection>
      )}
      {setup !== null && (
        <PageSection title={t('map.title')} aside={<LinkButton size="s" to={`/sources/${source.id}/fields`}>{t('one.edit')}</LinkButton>}>
          <p className="text-13 text-muted">{setup.rules.length === 0 ? t('map.none') : t('map.some', { count: setup.rules.length })}</p>
        </PageSection>
      )}
    </>
  )

  function valueOf({ kind, isSet, value, fallback }: SetField): string {
    if (kind === 'secret') return t(isSet ? 'keys.set' : 'keys.unset')
    if (kind === 'switch') return t(value === 'true' ? 'keys.on' : 'keys.off')
    return value ?? fallback ?? t('one.none')
  }
}

function Facts({ facts }: { facts: readonly (readonly [string, string])[] }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2 text-13">
      {facts.map(([name, value]) => <div key={name} className="contents"><dt className="text-muted">{name}</dt><dd className="break-words">{value}</dd></div>)}
    </dl>
  )
}

function ChangeDialog({ title, children }: { title: string; children: (done: () => void) => React.ReactNode }) {
  const { t } = useTranslation('sources')
  const [isSaved, setSaved] = useState(false)
  return (
    <span className="flex items-center gap-3">
      <span role="status">{isSaved ? t('one.saved') : ''}</span>
      <Dialog title={title} trigger={<Button size="s">{t('one.edit')}</Button>} onOpenChange={(open) => { if (open) setSaved(false) }}>
        {(close) => children(() => { setSaved(true); close() })}
      </Dialog>
    </span>
  )
}
