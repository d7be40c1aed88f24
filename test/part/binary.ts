import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dir, '../..')
const binary = join(root, 'dist', 'telemetry-service')
const sources = ['src/**/*', 'migration/**/*', 'script/*.ts', 'package.json', 'tsconfig.json']

let building: Promise<string> | undefined

/** The path of the built program; it is built once for all tests, and only when a source is newer than what stands in `dist`. */
export function builtBinary(): Promise<string> {
  building ??= isFresh() ? Promise.resolve(binary) : build()
  return building
}

function isFresh(): boolean {
  if (!existsSync(binary)) return false
  const builtAt = statSync(binary).mtimeMs
  return sources.every((pattern) => [...new Bun.Glob(pattern).scanSync(root)].every((path) => statSync(join(root, path)).mtimeMs < builtAt))
}

async function build(): Promise<string> {
  const child = Bun.spawn([process.execPath, 'run', join(root, 'script/build.ts')], { cwd: root, stdout: 'pipe', stderr: 'pipe' })
  const [out, told, code] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited])
  if (code !== 0) throw new Error(`the build failed: ${out}${told}`)
  return binary
}
