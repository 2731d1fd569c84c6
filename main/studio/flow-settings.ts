// How Merit runs Node-RED: whoever edits flows runs code on this machine, so nobody is let in without signing in, nothing is
// installed from inside, no node reaches the disk or starts a program, and no page is served but the editor. Pure.

import type { MeritPlace } from '../../devices/palette/merit-api.ts'
import { studioSetting } from '../../devices/palette/studio-place.ts'

export interface FlowRuntime {
  readonly host: string
  readonly port: number
  /** Everything Node-RED keeps: flows, sealed credentials. */
  readonly folder: string
  readonly flowFile: string
  readonly palette: string
  readonly credentialSecret: string
  readonly locale: 'en' | 'zh-CN'
  readonly title: string
  readonly merit: MeritPlace
}

export interface StudioUser {
  readonly username: string
  readonly permissions: '*'
}

export interface StudioSignIn {
  /** The account while it may still come in. */
  find(username: string): Promise<StudioUser | null>
  authenticate(username: string, password: string): Promise<StudioUser | null>
}

/** A working day; afterwards one signs in again. */
const sessionSeconds = 12 * 3600

/**
 * Core nodes that are left out: they run programs, read and write files, or open ports of their own. The process may not do so
 * either; what is not in the palette needs no explaining.
 */
const leftOutNodes = [
  '90-exec.js',
  '10-file.js',
  '23-watch.js',
  '21-httpin.js',
  '22-websocket.js',
  '31-tcpin.js',
  '32-udp.js',
  '06-httpproxy.js',
] as const

/** Node-RED's own type of its settings is behind what it takes, so most is checked by running it. */
export interface FlowSettings {
  readonly uiHost: string
  readonly uiPort: number
  readonly [setting: string]: unknown
}

export function flowSettings(runtime: FlowRuntime, signIn: StudioSignIn, onWarning: (entry: unknown) => void): FlowSettings {
  return {
    uiHost: runtime.host,
    uiPort: runtime.port,
    userDir: runtime.folder,
    flowFile: runtime.flowFile,
    flowFilePretty: true,
    nodesDir: [runtime.palette],
    nodesExcludes: [...leftOutNodes],
    credentialSecret: runtime.credentialSecret,
    lang: runtime.locale === 'en' ? 'en-US' : 'zh-CN',
    adminAuth: {
      type: 'credentials',
      sessionExpiryTime: sessionSeconds,
      users: (username: string) => signIn.find(username),
      authenticate: (username: string, password: string) => signIn.authenticate(username, password),
    },
    httpAdminRoot: '/',
    // No address but the editor's: nodes that answer requests would need rights of their own.
    httpNodeRoot: false,
    httpAdminCookieOptions: { sameSite: 'strict' },
    disableEditor: false,
    telemetry: { enabled: false, updateNotification: false },
    diagnostics: { enabled: false, ui: false },
    runtimeState: { enabled: false, ui: false },
    externalModules: {
      autoInstall: false,
      palette: { allowInstall: false, allowUpdate: false, allowUpload: false },
      modules: { allowInstall: false },
    },
    functionExternalModules: false,
    functionGlobalContext: {},
    exportGlobalContextKeys: false,
    editorTheme: {
      page: { title: runtime.title },
      header: { title: runtime.title },
      projects: { enabled: false },
      tours: false,
      userMenu: true,
      palette: { categories: ['Merit', 'common', 'function', 'sequence', 'parsers', 'network'] },
    },
    logging: {
      // Node-RED's own console would say of every file that it could not be flushed.
      console: { level: 'off' },
      studio: { level: 'warn', metrics: false, audit: false, handler: () => onWarning },
    },
    [studioSetting]: runtime.merit,
  }
}
