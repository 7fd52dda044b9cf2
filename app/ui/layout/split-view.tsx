import { clsx } from 'clsx'
import type { CSSProperties, ReactNode } from 'react'

/** Two or three columns as high as the window, each scrolling by itself; stacked on phones, the third folds away first. */
export function SplitView({ children, three, columns, className }: { children: ReactNode; three?: boolean; columns?: string; className?: string }) {
  const style: CSSProperties | undefined = columns === undefined ? undefined : { ['--split' as string]: columns }
  return (
    <div className={clsx('split fills', three === true && 'split-3', className)} style={style}>
      {children}
    </div>
  )
}
