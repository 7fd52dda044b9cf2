import { useTranslation } from 'react-i18next'
import { mailChoices, urgentKinds } from '~/domain/notifications/vocabulary'
import type { Own } from './route'

type Row = Own['channels'][number]
// A test is no choice: it goes everywhere.
type Chosen = Exclude<Row['kind'], 'test'>

/** Kinds by channels. Each row stands on its own on a phone. */
export function ChannelTable({ channels: rows }: { channels: readonly Row[] }) {
  const { t } = useTranslation('notices')
  return (
    <table className="channels">
      <thead>
        <tr><th scope="col">{t('channel.kind')}</th><th scope="col">{t('channel.app')}</th><th scope="col">{t('channel.browser')}</th><th scope="col">{t('channel.mail')}</th></tr>
      </thead>
      <tbody>
        {rows.map(({ kind, channels }) => {
          const name = t(`kind.${kind as Chosen}`)
          return (
            <tr key={kind}>
              <th scope="row"><span>{name}</span>{urgentKinds.has(kind) && <small>{t('channel.urgent')}</small>}</th>
              <td><label><input type="checkbox" name={`channels.${kind}.app`} defaultChecked={channels.app} className="native-check" aria-label={`${name}: ${t('channel.app')}`} /><span aria-hidden="true">{t('channel.app')}</span></label></td>
              <td><label><input type="checkbox" name={`channels.${kind}.browser`} defaultChecked={channels.browser} className="native-check" aria-label={`${name}: ${t('channel.browser')}`} /><span aria-hidden="true">{t('channel.browser')}</span></label></td>
              <td>
                <select name={`channels.${kind}.mail`} defaultValue={channels.mail} className="input" aria-label={`${name}: ${t('channel.mail')}`}>
                  {mailChoices.map((choice) => <option key={choice} value={choice}>{t(`mail.${choice}`)}</option>)}
                </select>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
