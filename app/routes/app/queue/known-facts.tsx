import { useTranslation } from 'react-i18next'
import { checklistItems } from '~/domain/leads/vocabulary'
import type { LeadCardView } from '~/ui/leads/types'

/** Who hangs on the lead, what is known of it, and what they said last. */
export function KnownFacts({ lead }: { lead: LeadCardView }) {
  const { t } = useTranslation('leads')
  const asked = lead.inquiries.at(-1)
  const answers = Object.entries(asked?.answers ?? {}).filter(([, value]) => typeof value === 'string' && value !== '')
  return (
    <>
      {asked !== undefined && (asked.message !== null || answers.length > 0) && (
        <section className="q-part">
          <h3>{t('detail.inquiries')}</h3>
          {asked.message !== null && <blockquote className="q-quote">{asked.message}</blockquote>}
          {answers.length > 0 && (
            <dl className="q-answers">
              {answers.map(([question, answer]) => <div key={question}><dt>{question}</dt><dd>{String(answer)}</dd></div>)}
            </dl>
          )}
        </section>
      )}
      <section className="q-part">
        <h3>{t('detail.people')}</h3>
        <ul className="q-people">
          {lead.people.map((person) => (
            <li key={person.id}>{person.name} <span className="text-muted">{t(`role.${person.role}`)}{person.title === null ? '' : ` · ${person.title}`}</span></li>
          ))}
        </ul>
      </section>
      <section className="q-part">
        <h3>{t('detail.checklist')}</h3>
        <dl className="q-checks">
          {checklistItems.map((item) => <div key={item} data-answer={lead.checklist[item]}><dt>{t(`check.${item}`)}</dt><dd>{t(`check.${lead.checklist[item]}`)}</dd></div>)}
        </dl>
      </section>
    </>
  )
}
