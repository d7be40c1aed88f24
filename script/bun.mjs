// Starts the project's own Bun. npm may block the postinstall script that puts it in place, so the platform package is asked as well.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const placeholderBytesMax = 1_000_000 // Without its postinstall the package holds a short text in place of the 100 MB program.
const modules = join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules')

function candidates() {
  const installed = join(modules, 'bun', 'bin', 'bun.exe')
  const platform = join(modules, '@oven')
  const packages = existsSync(platform) ? readdirSync(platform).sort() : []
  return [installed, ...packages.flatMap((name) => [join(platform, name, 'bin', 'bun'), join(platform, name, 'bin', 'bun.exe')])]
}

const bun = candidates().find((path) => existsSync(path) && statSync(path).size > placeholderBytesMax)
if (bun === undefined) {
  console.error('bun is missing: run `npm ci` (with optional dependencies) first')
  process.exit(1)
}
const child = spawn(bun, process.argv.slice(2), { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => {
  if (signal !== null) process.removeAllListeners(signal)
  if (signal !== null) process.kill(process.pid, signal)
  else process.exit(code ?? 1)
})
