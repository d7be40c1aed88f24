// Finds the Bun program of another platform that a binary is built on: installed beside ours, or fetched by npm and checked against the lock file.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

type Locked = { readonly version: string; readonly integrity: string }

/** The path of the program for `target` (`bun-linux-x64-musl`). It has exactly the version and the bytes that package-lock.json names. */
export async function findRuntime(root: string, target: string): Promise<string> {
  const name = `@oven/${target.replace('-arm64', '-aarch64')}`
  const installed = join(root, 'node_modules', name, 'bin', 'bun')
  if (existsSync(installed)) return installed

  const locked = readLocked(root, name)
  const folder = join(root, 'dist', 'runtime', `${target}-${locked.version}`)
  if (!existsSync(folder)) fetchRuntime(root, name, locked, folder)
  return join(folder, 'bin', 'bun')
}

function readLocked(root: string, name: string): Locked {
  const lock: { packages: Record<string, Partial<Locked> | undefined> } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const entry = lock.packages[`node_modules/${name}`]
  if (entry?.version === undefined || entry.integrity === undefined) throw new Error(`package-lock.json does not name ${name}`)
  return { version: entry.version, integrity: entry.integrity }
}

function fetchRuntime(root: string, name: string, locked: Locked, folder: string): void {
  const parent = join(root, 'dist', 'runtime')
  mkdirSync(parent, { recursive: true })
  const work = mkdtempSync(join(parent, 'fetch-'))
  try {
    run(['npm', 'pack', '--silent', '--pack-destination', work, `${name}@${locked.version}`], root)
    const archive = readdirSync(work).find((file) => file.endsWith('.tgz'))
    if (archive === undefined) throw new Error(`npm gave no archive for ${name}`)
    const integrity = `sha512-${createHash('sha512')
      .update(readFileSync(join(work, archive)))
      .digest('base64')}`
    if (integrity !== locked.integrity) throw new Error(`${name} is not what package-lock.json names: refused`)
    run(['tar', '-xzf', join(work, archive), '-C', work], root)
    renameSync(join(work, 'package'), folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function run(command: readonly string[], cwd: string): void {
  const result = Bun.spawnSync([...command], { cwd, stdout: 'ignore', stderr: 'inherit' })
  if (!result.success) throw new Error(`${command[0]} ended with ${result.exitCode}`)
}
