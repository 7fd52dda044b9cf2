import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keepListening } from '~/ui/live/use-live'

type Standing = 'unknown' | 'missing' | NotificationPermission

/** Whether this browser may show notifications. Asked only when the button is pressed. */
export function BrowserPart() {
  const { t } = useTranslation('notices')
  const [standing, setStanding] = useState<Standing>('unknown')
  useEffect(() => setStanding('Notification' in window ? Notification.permission : 'missing'), [])
  const ask = async () => {
    const answer = await Notification.requestPermission()
    setStanding(answer)
    if (answer === 'granted') keepListening()
  }
  return (
    <div className="flex flex-col gap-3">
      <p className="max-w-[60ch] text-13 text-text-2">{t('browser.about')}</p>
      <p role="status" className="text-13">{standing === 'unknown' ? t('browser.noScript') : t(`browser.${standing}`)}</p>
      {standing === 'default' && <div><button type="button" className="btn" onClick={() => void ask()}>{t('browser.allow')}</button></div>}
    </div>
  )
}
