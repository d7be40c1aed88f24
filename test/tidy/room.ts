import { importsOf, resolveImport, type Source } from './source.ts'

const foundation = ['base', 'event']

/** What each room may import of ours. A name with `:type` may be imported as a type only. The order is the way of the data. */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  base: [],
  event: ['base'],
  cloak: ['base'],
  journal: [...foundation, 'migration/schema'],
  ingest: [...foundation, 'cloak', 'journal'],
  store: [...foundation, 'migration/schema'],
  consumer: [...foundation, 'journal', 'store'],
  access: ['base', 'migration/schema'],
  alert: [...foundation, 'store', 'access'],
  issue: [...foundation, 'access'],
  timer: ['base'],
  archive: [...foundation, 'ingest', 'journal', 'store', 'access'],
  page: [...foundation, 'cloak', 'store:type'],
  http: [...foundation, 'cloak', 'journal', 'ingest', 'store', 'access', 'alert', 'issue', 'archive', 'page'],
  cli: ['base', 'cloak', 'config', 'app', 'http:type', 'migration/schema', 'migration/import'],
  config: [...foundation, 'access'],
  app: [
    ...foundation,
    'cloak',
    'journal',
    'ingest',
    'store',
    'consumer',
    'access',
    'alert',
    'issue',
    'timer',
    'archive',
    'page',
    'http',
    'config',
  ],
  main: ['base', 'config', 'app', 'cli'],
  'migration/schema': [],
  'migration/import': [...foundation, 'ingest', 'journal'],
}

/** Rooms within a room, and which of each other they may import. What stands beside them is open to all of them. */
const innerRooms: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  store: {
    run: [],
    count: ['run'],
    rollup: ['run', 'count'],
    crossed: ['run', 'count', 'rollup'],
    segment: ['run', 'count', 'rollup', 'crossed'],
    list: ['run', 'segment'],
  },
}

/** Files that stand beside the rooms and belong to one of them by meaning. */
const rootFiles: Readonly<Record<string, string>> = {
  'src/config.ts': 'config',
  'src/setting.ts': 'config',
  'src/setting-contradiction.ts': 'config',
  'src/setting-effect.ts': 'config',
  'src/setting-name.ts': 'config',
  'src/setting-value.ts': 'config',
  'src/app.ts': 'app',
  'src/main.ts': 'main',
}

/** The only rooms that may know a package: one library is wrapped in one place, so that it can be replaced there. */
export const wrappedPackages: Readonly<Record<string, readonly string[]>> = {
  elysia: ['http'],
  '@elysiajs/html': ['http', 'page'],
  '@kitajs/html': ['http', 'page'],
  pino: ['base'],
  'prom-client': ['base'],
  commander: ['cli', 'main'],
  'd3-scale': ['page'],
  'd3-shape': ['page'],
  'cli-progress': ['cli'],
  nodemailer: ['alert'],
  pocketbase: ['consumer'],
  kysely: ['base', 'journal', 'store', 'access', 'migration/schema'],
  'csv-stringify/sync': ['archive'],
  'csv-parse': ['migration/import'],
  fflate: ['http'],
  'libphonenumber-js/max': ['cloak'],
  'validator/es/lib/isIBAN': ['cloak'],
  'bun:sqlite': ['base', 'journal', 'store', 'access', 'migration/schema'],
}

/** The room of a file, or undefined when the file lies in none. */
export function roomOf(path: string): string | undefined {
  const own = rootFiles[path]
  if (own !== undefined) return own
  const [top, second, third] = path.split('/')
  if (top === 'migration' && second !== undefined) return `migration/${second}`
  return top === 'src' && third !== undefined ? second : undefined
}

function mayImportWithin(room: string, path: string, target: string): boolean {
  const inner = innerRooms[room]
  const [from, to] = [path, target].map((file) => file.split('/').at(-2) ?? '')
  return from === to || inner?.[from ?? '']?.includes(to ?? '') !== false || inner[to ?? ''] === undefined
}

/** Each import of a file that goes upwards, sideways or round the wrapper of a package. */
export function findForeignImports(source: Source): readonly string[] {
  const room = roomOf(source.path)
  if (room === undefined) return [`${source.path} lies in no room`]
  const allowed = rooms[room]
  if (allowed === undefined) return [`${source.path} lies in ${room}, which is not in the table of rooms`]

  return importsOf(source).flatMap(({ specifier, isTypeOnly, line }) => {
    const at = `${source.path}:${line}`
    const target = resolveImport(source, specifier)
    if (target === undefined) {
      const homes = wrappedPackages[specifier]
      return homes === undefined || homes.includes(room) ? [] : [`${at} ${room} may not use the package ${specifier}`]
    }
    const to = roomOf(target)
    if (to === room && !mayImportWithin(room, source.path, target)) return [`${at} may not import ${target}`]
    if (to === room || (to === undefined && target === 'package.json')) return []
    if (to === undefined) return [`${at} imports ${target}, which lies in no room`]
    return allowed.includes(to) || (isTypeOnly && allowed.includes(`${to}:type`)) ? [] : [`${at} ${room} may not import ${to}`]
  })
}
