// The project's own source as data: files, their imports, and their code without comments and strings. For the tests that
// keep the architecture what ARCHITECTURE.md says.

import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  readonly path: string
  readonly text: string
  /** Paths of the project's own files it imports, type-only imports included. */
  readonly imports: readonly string[]
}

const places = ['*.ts', '{devices,store,broker,ingest,pricing,finance,dashboard,main}/**/*.{ts,tsx}', 'test/**/*.ts']

export function readSourceTree(): readonly SourceFile[] {
  return globSync(places, { cwd: root, exclude: (path) => path.includes('node_modules') || path.endsWith('/dist') })
    .filter((path) => !path.includes('/dist/'))
    .sort()
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8')
      return { path, text, imports: importsIn(path, text) }
    })
}

const importExpression = /(?:\bfrom\s*|\bimport\s*\(\s*|^import\s+)'(\.{1,2}\/[^']+)'/gm

function importsIn(path: string, text: string): readonly string[] {
  return [...text.matchAll(importExpression)].map((match) => normalize(join(dirname(path), match[1] ?? '')))
}

/** The code with comments and the contents of strings blanked out; line numbers stay. */
export function codeOnly(text: string): string {
  const pattern = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/g
  return text.replace(pattern, (found) => found.replace(/[^\n]/g, ' '))
}
