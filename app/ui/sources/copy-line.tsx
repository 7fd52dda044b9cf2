import { CopyButton } from '../primitives/copy-button'

/** A value to be copied to a platform, with its name where there are several. */
export function CopyLine({ value, label }: { value: string; label?: string }) {
  return (
    <div className="mb-2">
      {label !== undefined && <p className="mb-1 text-12 text-muted">{label}</p>}
      <div className="flex items-center gap-2">
        <code className="min-w-0 flex-1 break-all rounded-md border border-line px-3 py-2 text-13">{value}</code>
        <CopyButton value={value} />
      </div>
    </div>
  )
}
