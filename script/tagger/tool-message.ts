import { readFileSync } from 'node:fs'
import type { TrainingText } from './training-text.ts'

/**
 * Messages of tools with a slot for what they are about: `{p}` a package, `{s}` a service, `{f}` a file, `{c}` a code, `{w}` any word, `{v}` a version, `{n}` a number.
 * An installer prints them with names that nobody has seen before, and what stands in such a slot is never a login, a machine or a secret.
 */
const messages: readonly string[] = [
  'E: Unable to locate package {p}',
  'E: Package {p} has no installation candidate',
  'E: Version {v} for {p} was not found',
  'apt-get install failed: {p}',
  'apt-get install -y {p} {p} {p}',
  'at line {n}: apt-get install -y {p}',
  'exit_code={n} | General error | at line {n}: apt-get install -y {p}',
  'exit_code={n} | Package {p} cannot be installed by {p}: held {w}',
  'exit_code={n} | E: The package {p} cannot be {w} by {p}: held {w}',
  'dpkg: error processing package {p} (--configure):',
  'dpkg: dependency problems prevent configuration of {p}:',
  ' {p} depends on {p} (>= {v}); however:',
  'Setting up {p} ({v}) ...',
  'Unpacking {p} ({v}) over ({v}) ...',
  'Preparing to unpack .../{p}_{v}_amd64.deb ...',
  'Selecting previously unselected package {p}.',
  'Errors were encountered while processing: {p}',
  'ERROR: unable to select packages: {p} (no such package): required by: world[{p}]',
  '({n}/{n}) Installing {p} ({v})',
  'No match for argument: {p}',
  'Error: Unable to find a match: {p}',
  'error: target not found: {p}',
  'warning: {p}: local ({v}) is newer than community ({v})',
  'npm error code {c}',
  'npm error {c} could not resolve dependency: {p}@{v}',
  'npm warn deprecated {p}@{v}: This version is no longer supported',
  'npm error 404 Not Found - {p} is not in this registry',
  'ERROR: Could not find a version that satisfies the requirement {p}=={v}',
  'ERROR: No matching distribution found for {p}',
  'Collecting {p}>={v}',
  'Successfully installed {p}-{v} {p}-{v} {p}-{v}',
  "ModuleNotFoundError: No module named '{w}'",
  "ImportError: cannot import name '{w}' from '{w}'",
  'error[{c}]: could not find `{w}` in `{w}`',
  'error: failed to compile `{p} v{v}`, intermediate artifacts can be found',
  '   Compiling {p} v{v}',
  'go: module {p} found, but does not contain package {p}/{w}',
  'Your requirements could not be resolved: {p} {v} requires ext-{w}',
  'Fatal error: Uncaught Error: Class "{w}" not found in {f}:{n}',
  'Gem::Ext::BuildError: ERROR: Failed to build gem native extension: {p}',
  'Unit {s} could not be found.',
  'Failed to start {s}: Unit {s} not found.',
  'Job for {s} failed because the control process exited with error code.',
  '{s}: Main process exited, code=exited, status={n}/FAILURE',
  "{s}: Failed with result '{w}'.",
  'systemd[1]: Started {s} - {w}.',
  'systemd[1]: {s}: Scheduled restart job, restart counter is at {n}.',
  'Synchronizing state of {s} with SysV service script with /usr/lib/systemd/systemd-sysv-install.',
  'Error response from daemon: No such container: {w}',
  'Error: image {p}:{v} not found',
  'pulling {p}: manifest unknown',
  'service "{w}" depends on undefined service "{w}"',
  'container {w} is unhealthy',
  ' Container {w}  Started',
  ' Network {w}_default  Created',
  ' Volume "{w}_data"  Created',
  'Error: INSTALLATION FAILED: chart "{p}" version "{v}" not found',
  'deployment.apps/{w} created',
  'configmap/{w}-config unchanged',
  'bash: line {n}: {w}: command not found',
  '/bin/sh: {w}: not found',
  '{f}: line {n}: {w}: unbound variable',
  'cannot open {f}: No such file or directory',
  "cp: cannot stat '{f}': No such file or directory",
  'tar: {f}: Cannot open: Permission denied',
  'make: *** [Makefile:{n}: {w}] Error {n}',
  'CMake Error at {f}:{n} (find_package): Could not find a package configuration file provided by "{w}"',
  '/usr/bin/ld: cannot find -l{w}',
  'fatal error: {w}.h: No such file or directory',
  'Module {w} not found in directory /lib/modules/{v}',
  'modprobe: FATAL: Module {w} not found.',
  "{w}: version magic '{v}' should be '{v}'",
  'ERROR:  extension "{w}" is not available',
  'ERROR:  relation "{w}" does not exist',
  'ERROR:  column "{w}" of relation "{w}" already exists',
  'ERROR:  role "{w}" already exists',
  "ERROR 1146 (42S02): Table '{w}.{w}' doesn't exist",
  'java.lang.ClassNotFoundException: com.{w}.{w}.{w}',
  '\tat com.{w}.{w}.run({w}.java:{n})',
  "Error: Cannot find module '{p}'",
  '    at {w} ({f}:{n}:{n})',
  "TypeError: Cannot read properties of undefined (reading '{w}')",
  "KeyError: '{w}'",
  "AttributeError: module '{w}' has no attribute '{w}'",
  'panic: runtime error: invalid memory address in {w}.{w}',
  'unknown flag: --{w}',
  'unknown option: {w}',
  'invalid value "{w}" for flag -{w}',
  'config: unknown key "{w}" in section [{w}]',
  'plugin {w} failed to load: {c}',
  'loading plugin {w} {v} ... ok',
  'enabled feature {w}, disabled feature {w}',
  'migration {n}_{w} applied',
  'worker {w} finished task {w} in {n} ms',
  'installing {p} for {w}',
  'installed {p} by {w} installer',
  'failed to install {p}: {c}',
  'download of {p} failed with {c}',
  'checksum of {p} does not match',
  'update of {p} from {v} to {v} failed',
  '{p} is already the newest version ({v}).',
  '{w}: {c}: {w} failed',
  'error: {w} failed with code {n}',
  'step {w} failed: {c}',
  'cannot {w} {w} from {w}',
  'GPU model {w} {n}, driver {w} {v}',
  'Building {w} on {w} with {w}',
]

const syllables = [
  'ar',
  'bel',
  'co',
  'dun',
  'eth',
  'fal',
  'go',
  'hin',
  'il',
  'jo',
  'kel',
  'lum',
  'mo',
  'nar',
  'oth',
  'pel',
  'qui',
  'ra',
  'sto',
  'ti',
  'ur',
  'vex',
  'wi',
  'xa',
  'zu',
] as const

/** Each message so many times, with other names. */
const timesEach = 24

/** One text for each message and round, in which nothing has to be hidden. */
export function toolMessages(chance: () => number): readonly TrainingText[] {
  const names = readFileSync(new URL('./program-name.txt', import.meta.url), 'utf8')
    .trim()
    .split(/\s+/)
  function fill(message: string): string {
    return message.replace(/\{([a-z])\}/g, (_, slot: string) => fillings[slot]?.() ?? '')
  }

  function pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(chance() * items.length)] as Item
  }

  /** Half of them exist, the others nobody has heard of. */
  function name(): string {
    return chance() < 0.5 ? pick(names) : Array.from({ length: 2 + Math.floor(chance() * 4) }, () => pick(syllables)).join('')
  }

  function number(max: number): number {
    return Math.floor(chance() * max)
  }

  function capital(word: string): string {
    return word.charAt(0).toUpperCase() + word.slice(1)
  }

  const fillings: Readonly<Record<string, () => string>> = {
    w: () =>
      pick([
        name,
        name,
        () => `${name()}-${name()}`,
        () => `${name()}_${name()}`,
        () => capital(name()),
        () => `${name()}${number(20)}`,
        () => name() + capital(name()),
      ])(),
    p: () =>
      pick([
        ...[
          name,
          name,
          () => `lib${name()}${number(20)}`,
          () => `lib${name()}-dev`,
          () => `python3-${name()}`,
          () => `${name()}-${name()}`,
        ],
        ...[
          () => `${name()}${number(30)}`,
          () => `php8.${number(5)}-${name()}`,
          () => `@${name()}/${name()}`,
          () => `${name()}-${number(20)}.${number(20)}`,
        ],
        ...[() => `${name()}-${name()}-plugin`, () => `node-${name()}`, () => `golang-${number(3)}.${number(30)}`, () => `${name()}-data`],
      ])(),
    s: () =>
      pick([
        () => `${name()}.service`,
        () => `${name()}-${name()}.service`,
        () => `${name()}.timer`,
        () => `${name()}@${number(9)}.service`,
        () => `${name()}d.service`,
      ])(),
    f: () =>
      pick([
        () => `/etc/${name()}/${name()}.conf`,
        () => `/opt/${name()}/bin/${name()}`,
        () => `/usr/lib/${name()}/${name()}.so.${number(9)}`,
        () => `./${name()}/${name()}.js`,
        () => `${name()}.tar.gz`,
      ])(),
    c: () =>
      pick([
        () => `E${name().toUpperCase()}`,
        () => `E${name().slice(0, 5).toUpperCase()}${number(99)}`,
        () => `ERR_${name().toUpperCase()}_${name().toUpperCase()}`,
        () => `0x8${number(9)}07${1000 + number(8999)}`,
        () => `TS${1000 + number(8999)}`,
      ])(),
    v: () =>
      pick([
        () => `${number(20)}.${number(30)}.${number(40)}`,
        () => `${number(9)}.${number(30)}-${number(9)}+deb12u${number(9)}`,
        () => `v${number(9)}.${number(30)}`,
        () => `${number(9)}.${number(9)}.${number(9)}-rc${number(4)}`,
      ])(),
    n: () => String(number(pick([10, 256, 5_000]))),
  }
  return Array.from({ length: timesEach }, () => messages.map((message) => ({ text: fill(message), spans: [], weight: 1 }))).flat()
}
