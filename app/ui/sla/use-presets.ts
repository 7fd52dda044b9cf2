import { useTranslation } from 'react-i18next'

const presets = {
  ads: { firstMinutes: '5', counting: 'working', channelKinds: 'paid', atBreach: 'escalate' },
  every: { firstMinutes: '30', counting: 'working', atBreach: 'notify' },
  events: { firstMinutes: '480', counting: 'working', channelKinds: 'event', atBreach: 'notify' },
  referrals: { firstMinutes: '60', counting: 'working', channelKinds: 'referral', atBreach: 'notify' },
} as const

/** Usual promises by name, and the address of the form that is filled in with each. A day of work is eight hours. */
export function usePresets(): { name: string; about: string; search: string }[] {
  const { t } = useTranslation('sla')
  return (['ads', 'events', 'referrals', 'every'] as const).map((id) => {
    const name = t(`presets.${id}`)
    return { name, about: t(`presets.about.${id}`), search: new URLSearchParams({ name, ...presets[id] }).toString() }
  })
}
