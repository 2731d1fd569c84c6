// Builds the web app of dashboard/web into dashboard/web/dist, which the dashboard serves at `/`. While developing,
// `npx vite` serves it with the API of a running dashboard behind it.

import { defineConfig } from 'vite'

const dashboardUrl = 'http://127.0.0.1:3000'

export default defineConfig({
  root: 'dashboard/web',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
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
