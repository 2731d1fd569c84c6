// Builds the web app of dashboard/web into dashboard/web/dist, which the dashboard serves at `/`. While developing,
// `npx vite` serves it with the API of a running dashboard behind it.

import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

const dashboardUrl = 'http://127.0.0.1:3000'

export default defineConfig({
  root: 'dashboard/web',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  plugins: [oneLanguageAtATime()],
  server: { proxy: { '/api': dashboardUrl } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Browsers with `light-dark()`, spring 2024.
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    // The content security policy allows nothing inline and no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})

/** A page says things as the server does, but fetches only the language it is read in: see dashboard/web/catalogues.ts. */
function oneLanguageAtATime(): Plugin {
  const pageCatalogues = fileURLToPath(new URL('dashboard/web/catalogues.ts', import.meta.url))
  return {
    name: 'one-language-at-a-time',
    enforce: 'pre',
    resolveId: (source, importer) =>
      source === './catalogues.ts' && importer?.endsWith('/messages/say.ts') === true ? pageCatalogues : null,
  }
}
