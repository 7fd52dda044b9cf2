import { Form } from '@remix-run/react'
import Plus from 'lucide-react/icons/plus'
import { useTranslation } from 'react-i18next'
import { Disclosure } from '~/ui/layout/disclosure'
import { LinkButton } from '~/ui/primitives/button'
import type { ScoringPageData } from './route'

/** The ways to a new draft. A list that opens without a script; every choice is a form. */
export function NewCard({ data: { templates, inForce } }: { data: ScoringPageData }) {
  const { t } = useTranslation('scoring')
  return (
    <>
      <LinkButton to="/scoring/learning">{t('new.learn')}</LinkButton>
      <Disclosure className="ll-menu ll-end sc-new" label={t('new.card')} summary={<span className="btn btn-next"><Plus className="i" aria-hidden="true" />{t('new.card')}</span>}>
        <div className="pop">
          {inForce !== null && <Choice from={inForce.cardId} name={t('new.copy', { version: inForce.version })} about={t('new.copyAbout')} />}
          {templates.map(({ key, lines }) => <Choice key={key} from={key} name={t(`template.${key}.name`)} about={t(`template.${key}.about`, { count: lines })} />)}
          <Choice from="empty" name={t('new.empty')} about={t('new.emptyAbout')} />
        </div>
      </Disclosure>
    </>
  )
}

function Choice({ from, name, about }: { from: string; name: string; about: string }) {
  return (
    <Form method="post" action="/scoring">
      <input type="hidden" name="from" value={from} />
      <button type="submit" className="opt w-full text-left"><span>{name}<span className="opt-desc">{about}</span></span></button>
    </Form>
  )
}
