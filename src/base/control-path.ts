import { join } from 'node:path'

/** Where the server of a data folder listens for commands of its own machine. */
export function controlPath(folder: string): string {
  return join(folder, 'control.sock')
}
