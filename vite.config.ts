// Builds the web app of dashboard/web into dashboard/web/dist, which the dashboard serves at `/`. While developing,
// `npx vite` serves it with the API of a running dashboard behind it.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin, transformWithOxc } from 'vite'

const dashboardUrl = 'http://127.0.0.1:3000'

export default defineConfig({
  root: 'dashboard/web',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  plugins: [oneLanguageAtATime(), serviceWorker()],
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

/** Writes `sw.js`: the service worker with the list of what every visit needs, which is the entry, what it imports, and the words. */
function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    async generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
      const wanted = new Set<string>()
      const want = (name: string): void => {
        const chunk = chunks.find(({ fileName }) => fileName === name)
        if (chunk === undefined || wanted.has(name)) return
        wanted.add(name)
        chunk.imports.forEach(want)
        for (const style of chunk.viteMetadata?.importedCss ?? []) wanted.add(style)
      }
      for (const { isEntry, facadeModuleId, fileName } of chunks)
        if (isEntry || /\/messages\/(en|zh-CN)\.ts$/.test(facadeModuleId ?? '')) want(fileName)
      const files = ['/', '/icon.svg', ...[...wanted].sort().map((name) => `/${name}`)]
      const version = createHash('sha256').update(files.join()).digest('hex').slice(0, 12)
      const path = fileURLToPath(new URL('dashboard/web/offline/service-worker.ts', import.meta.url))
      const { code } = await transformWithOxc(readFileSync(path, 'utf8'), path)
      const list = `const shellFiles = ${JSON.stringify(files)}\nconst shellVersion = '${version}'\n`
      // A classic worker, which every browser knows, has no exports.
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: list + code.replace(/export \{\s*\};?/, '') })
    },
  }
}
