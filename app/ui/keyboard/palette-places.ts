import Building2 from 'lucide-react/icons/building-2'
import KeyRound from 'lucide-react/icons/key-round'
import Plus from 'lucide-react/icons/plus'
import { useTranslation } from 'react-i18next'
import type { Permission } from '~/domain/orgs/vocabulary'
import type { Command } from './commands'

type Place = { href: string; label: string; needs?: Permission; keywords: string }

/** What somebody may make and set up, as commands; one that would lead to a refusal is not offered. */
export function usePlaceCommands(allowed: ReadonlySet<Permission> | undefined): Command[] {
  const { t } = useTranslation('shell')
  const may = ({ needs }: Place) => allowed !== undefined && (needs === undefined || allowed.has(needs))
  const making: Place[] = [
    { href: '/leads/new', label: t('palette.newLead'), needs: 'leads:write', keywords: 'new lead xinjian luru xiansuo xj lrxs' },
    { href: '/imports', label: t('palette.newImport'), needs: 'imports:write', keywords: 'new import daoru xjdr' },
    { href: '/sources/new', label: t('palette.newSource'), needs: 'sources:write', keywords: 'new source laiyuan xjly' },
    { href: '/forms/new', label: t('palette.newForm'), needs: 'sources:write', keywords: 'new form biaodan xjbd' },
    { href: '/settings/members', label: t('palette.invite'), needs: 'members:write', keywords: 'invite member yaoqing chengyuan yqcy' },
  ]
  const setting: Place[] = [
    { href: '/settings/organisation', label: t('palette.setOrganisation'), needs: 'settings:read', keywords: 'settings organisation zuzhi shezhi' },
    { href: '/settings/members', label: t('palette.setMembers'), needs: 'members:read', keywords: 'settings members chengyuan' },
    { href: '/settings/teams', label: t('palette.setTeams'), needs: 'members:read', keywords: 'settings teams tuandui' },
    { href: '/settings/visibility', label: t('palette.setVisibility'), needs: 'settings:read', keywords: 'settings visibility kejian fanwei' },
    { href: '/settings/keys', label: t('palette.setKeys'), needs: 'keys:read', keywords: 'settings api keys miyao' },
    { href: '/settings/security', label: t('palette.setSecurity'), keywords: 'settings password security anquan mima denglu' },
    { href: '/settings/profile', label: t('palette.setProfile'), keywords: 'settings profile geren ziliao' },
  ]
  return [
    ...making.filter(may).map(({ href, label, keywords }): Command => ({ id: `make:${href}`, label, group: t('palette.create'), href, keywords, icon: Plus })),
    ...setting.filter(may).map(({ href, label, keywords }): Command => ({ id: `set:${href}`, label, group: t('palette.settings'), href, keywords, icon: href === '/settings/keys' ? KeyRound : Building2 })),
  ]
}
