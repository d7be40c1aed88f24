// All static checks, one after another, each with its own name; stops with a code when one of them objects.
import { spawnSync } from 'node:child_process'

const checks = [
  ['types', 'tsc', ['--noEmit']],
  ['style', 'biome', ['check', '--error-on-warnings', '.']],
  ['unescaped text in pages', 'xss-scan', []],
  ['unused code', 'knip', []],
]

let failed = 0
for (const [name, command, args] of checks) {
  const run = spawnSync('npx', ['--no-install', command, ...args], { stdio: 'inherit' })
  console.log(`check ${name}: ${run.status === 0 ? 'ok' : 'FAILED'}`)
  if (run.status !== 0) failed += 1
}
process.exit(failed === 0 ? 0 : 1)
