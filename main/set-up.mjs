// Runs before every npm script, on whatever Node the machine has: installs what the lock file names when it is not there
// yet, so that a fresh clone needs one command. Plain JavaScript of an old dialect on purpose. Says nothing when all is well.

import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

if (!isInstalled()) install()

function isInstalled() {
  // npm writes this file last, so a broken-off installation counts as none.
  const written = join(root, 'node_modules', '.package-lock.json')
  const isCurrent = existsSync(written) && statSync(written).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
  return isCurrent && existsSync(join(root, 'node_modules', '.bin', 'node'))
}

function install() {
  const npm = process.env.npm_execpath
  const command = npm === undefined ? 'npm' : process.execPath
  const leading = npm === undefined ? [] : [npm]
  console.error('Merit: installing what it needs, Node 24 among it (once, about a minute) …')
  // Standard output belongs to the command that was asked for; npm's words go to standard error.
  const { status } = spawnSync(command, [...leading, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) {
    console.error('Merit: the installation failed. Check the connection to the npm registry (npm ping), then run this again.')
    process.exit(1)
  }
}
