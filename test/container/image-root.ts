import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../tidy/source.ts'

export const muslLoader = '/lib/ld-musl-x86_64.so.1'
export const muslLibraries = join(root, '.tools', 'musl')

/** Whether this machine can stand in for a container engine: root with name spaces, a musl loader and the C++ runtime (`script/musl-library.sh .tools/musl`). */
export function canStandIn(): boolean {
  if (process.getuid?.() !== 0 || !existsSync(muslLoader) || !existsSync(join(muslLibraries, 'libstdc++.so.6'))) return false
  return Bun.spawnSync(['unshare', '--mount', '--pid', '--fork', 'true'], { stdout: 'ignore', stderr: 'ignore' }).success
}

/** A folder with the files of the image and no others; the libraries are this machine's. */
export function layImageRoot(binary: string): string {
  const image = mkdtempSync(join(tmpdir(), 'telemetry-image-'))
  for (const folder of ['lib', 'usr/lib', 'usr/local/bin', 'data', 'proc', 'dev']) mkdirSync(join(image, folder), { recursive: true })
  copyFileSync(muslLoader, join(image, muslLoader))
  for (const name of readdirSync(muslLibraries)) cpSync(join(muslLibraries, name), join(image, 'usr/lib', name))
  copyFileSync(binary, join(image, 'usr/local/bin/telemetry-service'))
  chmodSync(image, 0o755)
  return image
}

/**
 * Starts the binary as a container does: process 1 of its own name space, user 65532 without capabilities or a way to new ones, everything
 * but /data read-only. What it writes lies beside the image, in `<image>.data`.
 */
export function startInImageRoot(
  image: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Bun.Subprocess<'ignore', 'pipe', 'pipe'> {
  const script = join(image, '..', `${image.split('/').at(-1)}.sh`)
  writeFileSync(script, enterImage)
  return Bun.spawn(['unshare', '--mount', '--pid', '--fork', '--kill-child', 'sh', script, image, ...args], {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', ...env },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
}

const enterImage = `set -eu
image=$1; shift
mount --bind "$image" "$image"
mkdir -p "$image.data"; chown 65532:65532 "$image.data"
mount --bind "$image.data" "$image/data"
mount -o remount,bind,ro "$image"
mount -t proc proc "$image/proc"
mount --rbind /dev "$image/dev"
cd "$image"
exec setpriv --no-new-privs chroot --groups= --userspec=65532:65532 "$image" /usr/local/bin/telemetry-service "$@"
`
