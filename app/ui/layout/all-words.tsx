import { useLocation, useNavigation } from '@remix-run/react'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { hasRest, loadRest, needsRest } from '~/i18n/load'

/** The queue is loaded with its own words only: on the way from it to another page the other words come too. */
export function AllWords({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation()
  const { pathname } = useLocation()
  const next = useNavigation().location?.pathname ?? pathname
  const [, setLoaded] = useState(hasRest(i18n))
  const isMissing = !hasRest(i18n) && needsRest(next)
  useEffect(() => {
    if (isMissing) void loadRest(i18n).then(() => { setLoaded(true) })
  }, [i18n, isMissing])
  return !hasRest(i18n) && needsRest(pathname) ? null : children
}
