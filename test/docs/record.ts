import { Glob } from 'bun'
import { errorCharactersMax, type InstallField, installFields } from '../../src/event/install.ts'
import { root } from '../tidy/source.ts'

/** The row that the record of processing must hold for a field of the event. */
export function recordRow(field: InstallField): string {
  return `| \`${field.wire}\` | ${field.purpose.replace(/\.$/, '')} | ${limitOf(field)} |`
}

function limitOf(field: InstallField): string {
  if (field.wire === 'error') return `${errorCharactersMax} characters after cloaking`
  switch (field.kind) {
    case 'text':
      return field.profile === 'id' ? 'a random id, else a keyed hash' : `${field.bytesMax} bytes`
    case 'count':
      return `${field.minimum} to ${field.maximum.toLocaleString('en-US')}`
    case 'oneOf':
      return `one of ${field.values.length} values`
    case 'flag':
      return 'yes or no'
  }
}

/** Where the record speaks of a stored column that is no field of the event: the first cell of its row. */
const meanings: Readonly<Record<string, string>> = {
  'run.key': 'run key',
  'run.revision': '`revision`, `instance`',
  'run.at': '`received_at`',
  'run.tenant': '`tenant`',
  'run.repairs': '`repairs`',
  'run.rules': '`rules`',
  'run.ranks': 'outcome of the winning report',
  'run.outcome_status': 'outcome of the winning report',
  'run.trace_length': 'outcome of the winning report',
  'run.trace_hash': 'outcome of the winning report',
  'run.stuck_at': 'stage times',
  'run.os_release': 'what a run reads as',
  'run.gpu': 'what a run reads as',
  'run.category': 'what a run reads as',
  'run.error_group': 'what a run reads as',
  'trace.zstd': '`trace`',
}

/** Tables that hold no more than others already explained, by the row that explains them. */
const tables: Readonly<Record<string, string>> = {
  word: 'run key', // The texts of fields, each once.
  tombstone: 'run key',
  rollup: 'roll-ups',
  rollup_duration: 'roll-ups',
  chunk: 'column segments',
  segment: 'column segments',
  stale: 'column segments',
  error_group: 'names of error groups',
  error_group_heir: 'names of error groups',
  access_key_with_cloak: 'keys', // While the table is made anew.
  parked: '`revision`, `instance`',
  mirror_link: 'record of another service',
  entry_group: 'journal',
  journal: 'journal', // A random name of the file.
  set_aside: 'journal',
  consumer: '`revision`, `instance`',
  fact: '`revision`, `instance`',
  access_key: 'keys',
  audit: 'notes on access',
  setting_seen: 'seen settings',
  error_issue: 'issues of error groups',
  user: 'users',
  session: 'sessions',
  setup_link: 'setup link',
  error_state: 'states of error groups',
  error_group_version: 'states of error groups',
  erasure: 'erasures',
  timer: 'times of timers',
  alert_rule: 'alert rules',
  alert_state: 'alert rules',
  alert_message: 'messages of alerts',
  alert_delivery: 'messages of alerts',
  alert_figure: 'figures of the machine',
  page: 'rate slots',
  'access.secret': 'secret for ids',
  'rate.secret': 'rate slots',
}

const fieldNames: ReadonlySet<string> = new Set(installFields.map(({ wire }) => wire))

/** Columns of the databases and whether the record explains them: its row's first cell, or undefined. */
export async function listStored(): Promise<readonly { readonly column: string; readonly row: string | undefined }[]> {
  const found: { column: string; row: string | undefined }[] = []
  for (const path of [...new Glob('*.ts').scanSync(`${root}/migration/schema`)].sort()) {
    const step: Readonly<Record<string, unknown>> = await import(`../../migration/schema/${path}`)
    const database = path.match(/^(access|rate)/)?.[1] ?? 'store'
    for (const [table, columns] of Object.values(step).flatMap(tablesOf)) {
      for (const column of columns) found.push({ column: `${table}.${column}`, row: rowFor(database, table, column) })
    }
  }
  return found
}

function rowFor(database: string, table: string, column: string): string | undefined {
  if (table === 'run' && fieldNames.has(column)) return `\`${column}\``
  if (table === 'run' && /_(first|last)$/.test(column)) return 'stage times'
  if (isRowNumber(database, column) || (table === 'trace' && column === 'run')) return 'run key' // Row numbers.
  return meanings[`${table}.${column}`] ?? tables[`${database}.${table}`] ?? tables[table]
}

/** Ids in `access.db` name people, keys and sessions; elsewhere they count rows. */
function isRowNumber(database: string, column: string): boolean {
  return column === 'id' && database !== 'access'
}

/** The tables that one step makes or widens, with their columns. */
function tablesOf(step: unknown): readonly (readonly [string, readonly string[]])[] {
  if (typeof step !== 'object' || step === null || !('sql' in step) || typeof step.sql !== 'string') return []
  const made = [...step.sql.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?(\w+) \(\n([\s\S]*?)\n\s*\) STRICT/g)]
  const widened = [...step.sql.matchAll(/ALTER TABLE (\w+) ADD COLUMN (\w+)/g)]
  return [
    ...made.map(([, table = '', body = '']) => [table, columnsOf(body)] as const),
    ...widened.map(([, table = '', column = '']) => [table, [column]] as const),
  ]
}

function columnsOf(body: string): readonly string[] {
  const lines = body.split('\n').map((line) => line.trim())
  return lines.flatMap((line) => (/^[a-z_]+ (INTEGER|TEXT|BLOB|ANY|REAL)/.test(line) ? [line.split(' ')[0] ?? ''] : []))
}
