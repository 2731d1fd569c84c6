// Makes a folder with its parents. Node's own `recursive` never returns where a parent exists and yet takes no folders, such as
// /proc, and a process that spins is no answer to a wrong setting.

import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/** Nothing happens when it is there. @throws the file system's error, which names the folder */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  const parent = dirname(folder)
  if (parent !== folder) makeFolder(parent)
  try {
    mkdirSync(folder)
  } catch (error) {
    // Another process was quicker.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}
