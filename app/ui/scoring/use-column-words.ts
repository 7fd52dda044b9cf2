import { useTranslation } from 'react-i18next'
import { personRoles, touchKinds } from '~/domain/leads/vocabulary'
import { reachWays } from '~/domain/scoring/vocabulary'
import { isCriterionKind } from './criterion-groups'

/** What was learned from, by the name the learning engine gives it: `employees`, `role:buyer`, `touch:form`, `answer:…`. */
export function useColumnWords(fieldName: (id: string) => string) {
  const { t } = useTranslation(['scoring', 'leads'])
  return (column: string): string => {
    const [kind = '', ...rest] = column.split(':')
    const of = rest.join(':')
    const role = personRoles.find((each) => each === of)
    const way = reachWays.find((each) => each === of)
    const touch = touchKinds.find((each) => each === of)
    if (kind === 'role' && role !== undefined) return `${t('scoring:kind.role')}: ${t(`leads:role.${role}`)}`
    if (kind === 'reachable' && way !== undefined) return t(`scoring:say.reachable.${way}`)
    if (kind === 'touch' && touch !== undefined) return t(`scoring:did.${touch}`)
    if (kind === 'answer') return `${t('scoring:kind.answer')}: ${of}`
    if (kind === 'field') return fieldName(of)
    return isCriterionKind(kind) ? t(`scoring:kind.${kind}`) : column
  }
}
