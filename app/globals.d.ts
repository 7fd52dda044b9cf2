import '@remix-run/node'

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
  // What the Hono front hands to every loader, action and the document renderer.
  interface AppLoadContext {
    nonce: string
  }
}
