import ts from 'typescript'
import { place, type Source, walk } from './source.ts'

/** Something that no file may say but the few named, each with its reason. */
export type Ban = {
  readonly name: string
  readonly matches: (node: ts.Node) => boolean
  readonly exceptions: Readonly<Record<string, string>>
}

/** Bans on the product's own code. */
export const sourceBans: readonly Ban[] = [
  {
    name: 'console, since a line that is not the log is lost',
    matches: (node) => isMember(node, ['console']),
    exceptions: {
      'src/main.ts': 'speaks to the person who started it',
      'src/base/log.ts': 'is the log',
      'src/cli/': 'speaks to the person who typed the command',
    },
  },
  {
    name: 'the time of day, since a room takes a Clock',
    matches: (node) =>
      isCall(node, ['Date.now']) || (ts.isNewExpression(node) && isName(node.expression, 'Date') && !node.arguments?.length),
    exceptions: { 'src/base/clock.ts': 'is where time comes from' },
  },
  {
    name: 'chance, since a room takes what is random as an argument',
    matches: (node) => isCall(node, ['Math.random', 'crypto.randomUUID', 'randomUUID', 'Bun.randomUUIDv7']),
    exceptions: { 'src/journal/file.ts': 'names a new journal once, when its file is made' },
  },
  {
    name: 'the environment, since config.ts is the one list of settings',
    matches: (node) => isMember(node, ['process.env', 'Bun.env']),
    exceptions: {
      'src/config.ts': 'reads the settings',
      'src/main.ts': 'hands the environment to config.ts',
    },
  },
]

/** Bans on tests: what waits blindly passes here and fails there, and what is left out proves nothing. */
export const testBans: readonly Ban[] = [
  {
    name: 'a sleep, since a test waits for a condition',
    matches: (node) =>
      isCall(node, ['Bun.sleep', 'Bun.sleepSync', 'Atomics.wait']) || (isCall(node, ['setTimeout', 'setInterval']) && !isKept(node)),
    exceptions: { 'test/wait.ts': 'polls a condition with a bound' },
  },
  {
    name: 'a test that is left out or runs alone',
    matches: (node) =>
      ['test', 'it', 'describe'].some((word) =>
        isMember(
          node,
          ['skip', 'only', 'todo', 'failing'].map((way) => `${word}.${way}`),
        ),
      ),
    exceptions: {},
  },
]

/** Bans on every TypeScript file. */
export const typeBans: readonly Ban[] = [
  { name: 'any', matches: (node) => node.kind === ts.SyntaxKind.AnyKeyword, exceptions: {} },
  { name: 'enum', matches: (node) => ts.isEnumDeclaration(node), exceptions: {} },
  { name: 'an assertion with an exclamation mark', matches: (node) => ts.isNonNullExpression(node), exceptions: {} },
  { name: 'a default export', matches: (node) => ts.isExportAssignment(node) && node.isExportEquals !== true, exceptions: {} },
]

/** Places where a file says what it must not. */
export function findBanned(source: Source, ban: Ban): readonly string[] {
  if (Object.keys(ban.exceptions).some((path) => source.path === path || (path.endsWith('/') && source.path.startsWith(path)))) return []
  const found: string[] = []
  walk(source, (node) => {
    if (ban.matches(node)) found.push(`${place(source, node)} uses ${ban.name}`)
  })
  return found
}

/** A timer whose handle is kept is a bound that is cleared, not a sleep. */
function isKept(node: ts.Node): boolean {
  return ts.isVariableDeclaration(node.parent) || ts.isBinaryExpression(node.parent)
}

function isName(node: ts.Node, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name
}

function isCall(node: ts.Node, names: readonly string[]): boolean {
  return ts.isCallExpression(node) && names.includes(dotted(node.expression))
}

/** A read of `a.b` where `a.b` is one of the names, or `a` is one without a dot. */
function isMember(node: ts.Node, names: readonly string[]): boolean {
  if (!ts.isPropertyAccessExpression(node)) return false
  return names.includes(dotted(node)) || (ts.isIdentifier(node.expression) && names.includes(node.expression.text))
}

function dotted(node: ts.Node): string {
  if (ts.isIdentifier(node)) return node.text
  return ts.isPropertyAccessExpression(node) ? `${dotted(node.expression)}.${node.name.text}` : ''
}
