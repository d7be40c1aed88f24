import type { Command } from 'commander'
import { meantOf } from '../base/nearest.ts'
import { type SettingName, settingNames, settingOf, takesFile } from '../setting.ts'
import { ruleOf } from '../setting-value.ts'
import type { Context, ExitCode } from './context.ts'
import type { End } from './end.ts'
import { renderTable } from './table.ts'

/** `help`: one word for a command, a setting or the list of settings; a wrong word names one that is near. */
export function addHelp(program: Command, context: Context, end: End): void {
  program
    .command('help')
    .description('Explains a command (`help key create`), a setting (`help RATE_BURST`) or lists all settings (`help settings`).')
    .argument('[topic...]', 'a command, the name of a setting, or `settings`')
    .action((topic: string[]) => end(explainTopic(program, context, topic)))
}

function explainTopic(program: Command, context: Context, words: readonly string[]): ExitCode {
  const topic = words.join(' ')
  const command = topic === '' ? program : commandsOf(program).find(([path]) => path === topic.toLowerCase())?.[1]
  const settings = command === undefined ? helpOfSettings(topic) : undefined
  command?.outputHelp()
  if (settings !== undefined) context.print(settings)
  if (command !== undefined || settings !== undefined) return 0
  const meant = meantOf(topic, topicsOf(program))
  context.tell(
    `error: there is no help on ${JSON.stringify(topic)}. ${meant === undefined ? hintOf(program, topic) : `Did you mean \`help ${meant}\`?`}\n`,
  )
  return 2
}

/** What has the word in its name, or where to look for everything. */
function hintOf(program: Command, word: string): string {
  const named = topicsOf(program).filter((topic) => topic.toLowerCase().split(/[ _-]/).includes(word.toLowerCase()))
  return named.length === 0 ? '`help` lists the commands, `help settings` the settings.' : `There is help on ${named.join(', ')}.`
}

/** Every word that `help` knows: the commands with their path, `settings`, and each setting. */
export function topicsOf(program: Command): readonly string[] {
  return [...commandsOf(program).map(([path]) => path), 'settings', ...settingNames]
}

/** Each command with its path (`key create`), groups before what is in them. */
export function commandsOf(program: Command): readonly (readonly [path: string, command: Command])[] {
  return program.commands.flatMap((command) => [
    [command.name(), command] as const,
    ...commandsOf(command).map(([path, inner]) => [`${command.name()} ${path}`, inner] as const),
  ])
}

function helpOfSettings(topic: string): string | undefined {
  if (topic.toLowerCase() === 'settings') return renderTable(['SETTING', 'DEFAULT', 'MEANING'], settingNames.map(rowOf))
  const asked = topic.toUpperCase()
  const name = settingNames.find((known) => known === asked) ?? settingNames.find((known) => `${known}_FILE` === asked)
  return name === undefined ? undefined : settingHelp(name)
}

function rowOf(name: SettingName): readonly string[] {
  return [name, settingOf(name).default ?? '', settingOf(name).meaning]
}

function settingHelp(name: SettingName): string {
  const setting = settingOf(name)
  const lines = [name, '', `  ${setting.meaning}`, '', `  Value:    ${ruleOf(setting)}`, `  Default:  ${setting.default || '(none)'}`]
  if (takesFile(name)) lines.push(`  Secret:   ${name}_FILE may name a file that holds it instead`)
  return `${lines.join('\n')}\n`
}
