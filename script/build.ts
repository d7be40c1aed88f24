// Builds dist/telemetry-service: one file with the program, its workers, schema steps and pages in it. `-- --target bun-linux-x64-musl` makes the
// one for Alpine, dist/telemetry-service-musl; `--outfile` puts it elsewhere.
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { findRuntime } from './runtime.ts'

const root = resolve(import.meta.dir, '..')
const targets = ['bun-linux-x64', 'bun-linux-x64-musl', 'bun-linux-arm64', 'bun-linux-arm64-musl'] as const
type Target = (typeof targets)[number]

type Wanted = { readonly target: Target; readonly outfile: string }

const own: Target = `bun-linux-${process.arch === 'arm64' ? 'arm64' : 'x64'}${isMusl() ? '-musl' : ''}`
await build(readArguments())

async function build({ target, outfile }: Wanted): Promise<void> {
  const partial = `${outfile}.${process.pid}.partial`
  mkdirSync(dirname(outfile), { recursive: true })
  try {
    const built = await Bun.build({
      entrypoints: [join(root, 'src/main.ts'), ...listWorkers()],
      root: join(root, 'src'), // A worker is found in the binary by its path below this folder.
      tsconfig: join(root, 'tsconfig.json'), // The JSX settings, wherever the build is started.
      target: 'bun',
      format: 'esm',
      minify: true,
      bytecode: process.env['BUILD_BYTECODE'] !== '0',
      define: { BUILD_COMMIT: JSON.stringify(readCommit()) },
      compile: {
        outfile: partial,
        ...(target === own ? {} : { target, executablePath: await findRuntime(root, target) }),
        // Settings come from the environment alone, whatever lies in the folder the binary is started from.
        autoloadDotenv: false,
        autoloadBunfig: false,
      },
    })
    for (const message of built.logs) console.error(String(message))
    chmodSync(partial, 0o755)
    renameSync(partial, outfile) // Whole or not at all: a running binary keeps its file.
    console.log(`built ${outfile} for ${target}, ${(Bun.file(outfile).size / 1e6).toFixed(0)} MB`)
  } finally {
    rmSync(partial, { force: true })
  }
}

function readArguments(): Wanted {
  const { values } = parseArgs({ args: process.argv.slice(2), options: { target: { type: 'string' }, outfile: { type: 'string' } } })
  const asked = values.target ?? own
  const target = targets.find((known) => known === asked)
  if (target === undefined) {
    console.error(`error: ${asked} is not a target; the targets are ${targets.join(', ')}`)
    process.exit(2)
  }
  const name = target === own || !target.endsWith('-musl') ? 'telemetry-service' : 'telemetry-service-musl'
  return { target, outfile: resolve(root, values.outfile ?? join('dist', name)) }
}

/** The threads: each `worker.ts` of a room, and not the mechanism that starts them. */
function listWorkers(): readonly string[] {
  const found = [...new Bun.Glob('**/*worker.ts').scanSync(join(root, 'src'))].filter((path) => path !== 'base/worker.ts')
  return found.sort().map((path) => join(root, 'src', path))
}

/** The short commit, with a mark when the sources differ from it; empty outside a checkout. */
function readCommit(): string {
  const git = Bun.which('git')
  if (git === null || !existsSync(join(root, '.git'))) return ''
  const described = Bun.spawnSync([git, 'describe', '--always', '--dirty', '--abbrev=10', '--exclude=*'], { cwd: root })
  return described.success ? described.stdout.toString().trim() : ''
}

/** Which C library this Bun was built for: its file names the loader near the beginning. */
function isMusl(): boolean {
  const head = Buffer.alloc(4096)
  const file = openSync(process.execPath, 'r')
  try {
    readSync(file, head)
    return head.includes('/ld-musl-')
  } finally {
    closeSync(file)
  }
}
