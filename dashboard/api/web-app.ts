// Serves the built web app out of memory: compressed once, hashed files for ever, and the page itself for every address
// that is not a file. Says how to build it when it is not there.

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Request, Response } from 'express'

/** The app is some hundred kilobytes; a folder far beyond that is not the app. */
const appBytesMax = 64 * 1024 * 1024
/** Smaller files gain nothing. */
const compressFromBytes = 1024
/** Vite names the files in here by their content. */
const hashedFolder = '/assets/'
const yearSeconds = 365 * 24 * 60 * 60

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

interface AppFile {
  readonly contentType: string
  readonly etag: string
  readonly cacheControl: string
  readonly plain: Buffer
  readonly gzip: Buffer | undefined
  readonly brotli: Buffer | undefined
}

interface LoadedApp {
  readonly builtAtMs: number
  readonly files: ReadonlyMap<string, AppFile>
}

/** @param folder where `vite build` put the app; it may appear or change while the server runs */
export function serveWebApp(folder: string) {
  let loaded: LoadedApp | undefined
  const current = (): LoadedApp | undefined => {
    const builtAtMs = statSync(join(folder, 'index.html'), { throwIfNoEntry: false })?.mtimeMs
    if (builtAtMs === undefined) return undefined
    if (loaded?.builtAtMs !== builtAtMs) loaded = { builtAtMs, files: loadFiles(folder) }
    return loaded
  }
  return (request: Request, response: Response): void => {
    const isPage = request.path === '/' || extname(request.path) === ''
    const app = isPage || loaded === undefined ? current() : loaded
    const file = app?.files.get(request.path) ?? (isPage ? app?.files.get('/index.html') : undefined)
    if (file !== undefined) sendFile(request, response, file)
    else if (app === undefined) sendNotBuilt(response)
    else sendMissing(response)
  }
}

function sendFile(request: Request, response: Response, file: AppFile): void {
  response.set({ 'Content-Type': file.contentType, 'Cache-Control': file.cacheControl, ETag: file.etag, Vary: 'Accept-Encoding' })
  if (request.headers['if-none-match'] === file.etag) {
    response.status(304).end()
    return
  }
  const accepted = request.acceptsEncodings(['br', 'gzip', 'identity'])
  const [encoding, bytes] =
    accepted === 'br' && file.brotli !== undefined
      ? ['br', file.brotli]
      : accepted !== 'identity' && accepted !== false && file.gzip !== undefined
        ? ['gzip', file.gzip]
        : [undefined, file.plain]
  if (encoding !== undefined) response.set('Content-Encoding', encoding)
  response.set('Content-Length', String(bytes.length))
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

function sendNotBuilt(response: Response): void {
  response.status(503).type('text/html; charset=utf-8').set('Cache-Control', 'no-store')
  response.send(
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Merit</title><h1>Merit is running; its web app is not built yet.</h1><p>Run <code>npm run build</code>, then reload this page.</p><p lang="zh-CN">网页尚未构建：请运行 <code>npm run build</code>，然后刷新。</p></html>',
  )
}

function sendMissing(response: Response): void {
  response.status(404).type('text/plain; charset=utf-8').set('Cache-Control', 'no-store').send('Not found')
}

function loadFiles(folder: string): ReadonlyMap<string, AppFile> {
  const files = new Map<string, AppFile>()
  let bytes = 0
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const plain = readFileSync(path)
    bytes += plain.length
    if (bytes > appBytesMax) throw new Error(`${folder} holds more than a web app`)
    const url = `/${relative(folder, path).split(sep).join('/')}`
    files.set(url, toAppFile(url, plain))
  }
  return files
}

function toAppFile(url: string, plain: Buffer): AppFile {
  const contentType = contentTypes[extname(url)] ?? 'application/octet-stream'
  const isCompressible = plain.length >= compressFromBytes && !/^(image\/(png|x-icon)|font\/)/.test(contentType)
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
  return {
    contentType,
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 27)}"`,
    cacheControl: url.startsWith(hashedFolder) ? `public, max-age=${yearSeconds}, immutable` : 'no-cache',
    plain,
    gzip: isCompressible ? gzipSync(plain, { level: 9 }) : undefined,
    brotli: isCompressible ? brotliCompressSync(plain, quality) : undefined,
  }
}
