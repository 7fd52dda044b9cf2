import { fileURLToPath } from 'node:url'
import optimizeLocales from '@react-aria/optimize-locales-plugin'
import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig, type Plugin, type UserConfig } from 'vite'
import remixOptions from './remix.config.js'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// UI libraries are bundled into the server: external they cost 2 s and 60 MiB at start.
const bundledOnServer = [
  /^react-aria/, /^@react-aria/, /^react-stately/, /^@react-stately/, /^@react-types/, /^@internationalized/,
  /^@conform-to/, /^@tanstack/, /^@fontsource/, /^@formatjs/, /^i18next$/, /^react-i18next$/,
  'clsx', 'lucide-react', 'recharts', 'sonner', 'tinykeys',
]

// Remix always sets its own SSR input; a later config hook wins, so that the
// bundle is our front (createServer), which imports virtual:remix/server-build.
const serverEntry: Plugin = {
  name: 'clew:server-entry',
  config(_config, { command, isSsrBuild }): UserConfig | undefined {
    if (command !== 'build' || isSsrBuild !== true) return undefined
    return { build: { rollupOptions: { input: process.env['CLEW_SERVER_ENTRY'] ?? 'app/server.ts' } } }
  },
}

const underTest = process.env['VITEST'] !== undefined

export default defineConfig({
  plugins: [
    tailwindcss(),
    { ...optimizeLocales.vite({ locales: ['en-US', 'zh-CN'] }), enforce: 'pre' },
    !underTest && remix(remixOptions),
    !underTest && serverEntry,
  ],
  resolve: {
    alias: [
      { find: /^~\//, replacement: `${at('./app')}/` },
      { find: /^~db\//, replacement: `${at('./db')}/` },
      { find: /^~jobs\//, replacement: `${at('./jobs')}/` },
      { find: /^~tests\//, replacement: `${at('./tests')}/` },
    ],
  },
  ssr: { noExternal: bundledOnServer },
  build: {
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 600,
    // Fonts stay files: as data URLs they would be downloaded even when unused.
    assetsInlineLimit: (file) => (/\.woff2?$/.test(file) ? false : undefined),
  },
  server: {
    watch: { ignored: ['**/.data/**', '**/build/**', '**/playwright-report/**', '**/test-results/**'] },
  },
})
