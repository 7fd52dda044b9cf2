import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton, type ButtonSize } from './button'

/** Copies `value`; says so to eyes and screen readers for two seconds. */
export function CopyButton({ value, label, children, size = 's' }: { value: string; label?: string; children?: string; size?: ButtonSize }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () => void navigator.clipboard.writeText(value).then(() => setCopied(true))
  const icon = copied ? Check : Copy
  return (
    <>
      {children === undefined ? (
        <IconButton icon={icon} label={label ?? t('action.copy')} size={size} onPress={copy} />
      ) : (
        <Button icon={icon} size={size} onPress={copy}>
          {copied ? t('action.copied') : children}
        </Button>
      )}
      <span role="status" className="sr">
        {copied ? t('action.copied') : ''}
      </span>
    </>
  )
}
