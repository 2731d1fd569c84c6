// Builds the nodes of devices/palette as Node-RED loads them: one CommonJS file a set with everything in it that it needs, beside
// the editor's half, its words and its icons. What comes out is an npm package that any Node-RED installs.

import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const palette = fileURLToPath(new URL('devices/palette', import.meta.url))
const sets = readdirSync(join(palette, 'nodes')).map((file) => [basename(file, '.ts'), join(palette, 'nodes', file)] as const)

export default defineConfig({
  root: palette,
  publicDir: 'editor/nodes',
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: 'dist',
    emptyOutDir: true,
    target: 'node20',
    copyPublicDir: true,
    reportCompressedSize: false,
    rolldownOptions: {
      input: Object.fromEntries(sets),
      output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'parts/[name]-[hash].cjs', exports: 'named' },
    },
  },
})
