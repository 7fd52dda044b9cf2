import { useNavigate } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '~/ui/keyboard/shortcuts'
import type { LeadCardView } from '~/ui/leads/types'
import type { CardAct } from './queue-card'

/** Single keys of the queue; they rest while somebody types, and can be switched off. */
export function useQueueKeys({ card, mayMove, move, open }: { card: LeadCardView | undefined; mayMove: boolean; move: (by: 1 | -1) => void; open: (act: CardAct) => void }): void {
  const { t } = useTranslation('queue')
  const navigate = useNavigate()
  const group = t('keys.group')
  const person = card?.person ?? null
  useShortcuts([
    { keys: 'j', label: t('keys.next'), group, run: () => move(1) },
    { keys: 'k', label: t('keys.previous'), group, run: () => move(-1) },
    { keys: 'ArrowDown', label: t('keys.next'), hidden: true, run: () => move(1) },
    { keys: 'ArrowUp', label: t('keys.previous'), hidden: true, run: () => move(-1) },
    ...(card === undefined ? [] : [
      { keys: 'Enter', label: t('keys.openLead'), group, run: () => navigate(`/leads/${card.id}`) },
      { keys: 'c', label: t('keys.call'), group, run: () => document.getElementById('q-call')?.click() },
      { keys: 'e', label: t('keys.mail'), group, run: () => document.getElementById('q-mail')?.click() },
      { keys: 'Space', label: t('keys.peek'), group, run: () => document.querySelector<HTMLElement>('.q-because summary')?.click() },
      ...(mayMove && card.isOpen ? [{ keys: 'a', label: t('keys.return'), group, run: () => open('assign') }] : []),
      ...(person === null ? [] : [{ keys: 'm', label: t('keys.merge'), group, run: () => navigate(`/merges/new?person=${person.id}`) }]),
      ...(card.stage === 'inquiry' ? [{ keys: 'q', label: t('keys.qualify'), group, run: () => open('qualify') }] : []),
      { keys: 'd', label: t('keys.junk'), group, run: () => open('junk') },
      { keys: 's', label: t('keys.snooze'), group, run: () => open('snooze') },
      { keys: 'h', label: t('keys.snooze'), hidden: true, run: () => open('snooze') },
    ]),
  ])
}
