import 'react-aria-components'

declare module 'react-aria-components' {
  interface RouterConfig {
    routerOptions: { replace?: boolean; state?: unknown; preventScrollReset?: boolean; relative?: 'route' | 'path' }
  }
}
