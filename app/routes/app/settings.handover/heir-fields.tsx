import { useTranslation } from 'react-i18next'
import { useOwnershipWords } from '~/ui/ownership/words'
import type { HandoverData } from './route'

/** One member, several by weights, or a pool: all three at once, so that it works without a script. */
export function HeirFields({ data: { preview, pools } }: { data: HandoverData }) {
  const { t } = useTranslation('assignment')
  const words = useOwnershipWords()
  const room = (left: number | null) => (left === null ? t('handover.anyRoom') : t('handover.room', { count: left }))
  return (
    <>
      <fieldset className="flex flex-col gap-2">
        <label className="check"><input type="radio" name="way" value="member" defaultChecked className="native-check" /><span>{t('handover.toMember')}</span></label>
        <select name="toMember" aria-label={t('handover.toMember')} defaultValue="" className="input ml-7 max-w-80">
          <option value="">—</option>
          {preview.heirs.map(({ memberId, name, room: left }) => <option key={memberId} value={memberId}>{`${name} · ${room(left)}`}</option>)}
        </select>
      </fieldset>
      <fieldset className="flex flex-col gap-2">
        <label className="check"><input type="radio" name="way" value="team" className="native-check" /><span>{t('handover.toTeam')}</span></label>
        <div className="ml-7 grid grid-cols-1 gap-x-6 sm:grid-cols-2">
          {preview.heirs.map(({ memberId, name, open, room: left }) => (
            <label key={memberId} className="flex min-h-11 items-center gap-3 border-b border-line text-13">
              <span className="min-w-0 grow">{name}<span className="block text-12 text-muted tn">{t('handover.open', { count: open })} · {room(left)}</span></span>
              <input name={`weight.${memberId}`} type="number" min={0} max={100} placeholder="—" className="input tn w-20" />
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset className="flex flex-col gap-2">
        <label className="check"><input type="radio" name="way" value="pool" className="native-check" /><span>{t('handover.toPool')}</span></label>
        <select name="poolId" aria-label={t('handover.toPool')} className="input ml-7 max-w-80">{pools.map((pool) => <option key={pool.id} value={pool.id}>{words.pool(pool)}</option>)}</select>
      </fieldset>
    </>
  )
}
