import type { Command } from 'commander'
import { camelCase } from '../base/camel-case.ts'
import { type Config, maskSettings } from '../config.ts'
import { type SettingName, settingNames } from '../setting.ts'
import type { Context } from './context.ts'
import type { End } from './end.ts'
import { loadConfig } from './load-settings.ts'
import { renderTable } from './table.ts'

/** `config print`: the settings as the service would read them now. */
export function addConfig(program: Command, context: Context, end: End): void {
  const config = program.command('config').description('Shows what the service is set to.')
  config
    .command('print')
    .description('Prints every setting with its value and where it comes from: default, env or file. Secrets are masked.')
    .option('--json', 'print JSON')
    .action((options: { json?: true }) => {
      const loaded = loadConfig(context)
      if (loaded !== undefined) context.print(options.json ? `${JSON.stringify(rowsOf(loaded), null, 2)}\n` : printRows(loaded))
      end(loaded === undefined ? 2 : 0)
    })
}

type ConfigRow = { readonly name: SettingName; readonly value: string; readonly source: string }

function rowsOf(config: Config): readonly ConfigRow[] {
  const values: Readonly<Record<string, unknown>> = maskSettings(config.settings)
  return settingNames.map((name) => ({ name, value: showValue(values[camelCase(name)]), source: config.sources[name] }))
}

function printRows(config: Config): string {
  return renderTable(
    ['SETTING', 'VALUE', 'FROM'],
    rowsOf(config).map((row) => [row.name, row.value, row.source]),
  )
}

function showValue(value: unknown): string {
  if (value === undefined) return ''
  if (Array.isArray(value)) return value.join(',')
  if (typeof value === 'object' && value !== null && 'port' in value && 'host' in value) return showAddress(value.host, value.port)
  return String(value)
}

function showAddress(host: unknown, port: unknown): string {
  const text = typeof host === 'string' ? host : ''
  return `${text.includes(':') ? `[${text}]` : text}:${String(port)}`
}
