import { join } from 'node:path'
import type { ServiceProcess } from '../test/part/service.ts'

/** Makes a key by the command line, as an operator does, while the service runs. */
export async function makeKey(under: Pick<ServiceProcess, 'folder'>, scope: 'read' | 'ingest'): Promise<string> {
  const command = [process.execPath, 'run', join(import.meta.dir, '..', 'src', 'main.ts'), 'key', 'create', '--scope', scope, '--json']
  const child = Bun.spawn(command, { env: { PATH: process.env['PATH'] ?? '', DATA_DIR: under.folder }, stdout: 'pipe' })
  const made: unknown = JSON.parse(await new Response(child.stdout).text())
  if (typeof made !== 'object' || made === null || !('key' in made)) throw new Error('no key was made')
  return String(made.key)
}
