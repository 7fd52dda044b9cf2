import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'

export type PageHeaderProps = {
  /** what is true now, with its numbers: "37 to call, 3 near breach" */
  title: string
  /** where this page belongs */
  crumb?: { href: string; label: string }
  /** meters, search, quiet buttons; the page's one primary action last */
  children?: ReactNode
}

export function PageHeader({ title, crumb, children }: PageHeaderProps) {
  return (
    <header className="top">
      <div className="min-w-0">
        {crumb !== undefined && (
          <p className="top-crumb">
            <Link to={crumb.href} className="lnk inline-flex min-h-6 items-center">{crumb.label}</Link>
          </p>
        )}
        <h1>{title}</h1>
      </div>
      {children !== undefined && <div className="top-end">{children}</div>}
    </header>
  )
}

/** The row of filters under the header. */
export function PageBar({ children }: { children: ReactNode }) {
  return <div className="bar no-print">{children}</div>
}

export function PageBody({ children, narrow }: { children: ReactNode; narrow?: boolean }) {
  return <div className={narrow === true ? 'page max-w-[720px]' : 'page'}>{children}</div>
}

/** A part of a page under its own heading, with a hairline above. */
export function PageSection({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="border-t border-line py-5 first:border-t-0 first:pt-0">
      <h2 className="mb-3 flex items-baseline gap-2 text-14 font-semibold">
        {title}
        {aside !== undefined && <span className="ml-auto text-12 font-normal text-muted">{aside}</span>}
      </h2>
      {children}
    </section>
  )
}
