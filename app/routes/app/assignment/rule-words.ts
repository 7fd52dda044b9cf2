import { useTranslation } from 'react-i18next'
import { useOwnershipWords } from '~/ui/ownership/words'
import type { AssignmentData } from './route'

export type Rule = NonNullable<AssignmentData['shown']>['rules']['rules'][number]

/** A rule in words: when it takes a lead, and who gets it. */
export function useRuleWords({ staff, teams, pools, choices }: Pick<AssignmentData, 'staff' | 'teams' | 'pools' | 'choices'>) {
  const { t } = useTranslation('assignment')
  const words = useOwnershipWords()
  const named = (list: readonly { id: string; name: string }[], ids: readonly string[] | undefined) => ids?.map((id) => list.find((each) => each.id === id)?.name ?? '?')
  const member = (id: string) => staff.find(({ memberId }) => memberId === id)?.name ?? '?'
  return {
    when({ when }: Rule): string {
      const parts: [string, readonly string[] | undefined][] = [
        [t('when.channelKinds'), when.channelKinds?.map((kind) => t(`kind.${kind}`))], [t('when.channels'), named(choices.channels, when.channels)], [t('when.sources'), named(choices.sources, when.sources)],
        [t('when.campaigns'), named(choices.campaigns, when.campaigns)], [t('when.productLines'), named(choices.lines, when.productLines)],
        [t('when.countries'), when.countries], [t('when.regions'), when.regions], [t('when.cities'), when.cities], [t('when.languages'), when.languages], [t('when.industries'), when.industries], [t('when.accounts'), when.accounts],
      ]
      const said = parts.flatMap(([label, values]) => (values === undefined || values.length === 0 ? [] : [t('when.is', { label, values: values.join(t('when.or')) })]))
      if (when.employeesFrom !== undefined || when.employeesTo !== undefined) said.push(t('when.size', { from: when.employeesFrom ?? 0, to: when.employeesTo ?? '∞' }))
      if (when.ofCustomer !== undefined) said.push(t(when.ofCustomer ? 'when.customer' : 'when.newcomer'))
      return said.length === 0 ? t('when.always') : said.join(t('when.and'))
    },
    to({ to, keepsHours, matchesLanguage, skills }: Rule): string {
      const extra = [keepsHours && t('to.hours'), matchesLanguage && t('to.language'), skills.length > 0 && t('to.skills', { skills: skills.join(', ') })].filter(Boolean)
      const who = to.kind === 'member' ? member(to.memberId)
        : to.kind === 'team' ? t('to.team', { name: teams.find(({ id }) => id === to.teamId)?.name ?? '?' })
          : to.kind === 'pool' ? words.pool(pools.find(({ id }) => id === to.poolId) ?? { name: '?' })
            : t('to.inTurn', { names: to.members.map(({ memberId, weight }) => (weight === 1 ? member(memberId) : `${member(memberId)} ×${String(weight)}`)).join(t('when.or')) })
      return extra.length === 0 ? who : `${who} (${extra.join(', ')})`
    },
  }
}
