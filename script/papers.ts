// Writes docs/configuration.md, docs/cli.md and a table of docs/PRIVACY.md from the list of settings and the commands, so that they say what the program does.
// Run by `npm run papers`; a test compares the files with what is made here.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { systemClock } from '../src/base/clock.ts'
import { commandsOf } from '../src/cli/help.ts'
import { buildProgram } from '../src/cli/program.ts'
import { nameRules } from '../src/cloak/name/name-rule.ts'
import { apiRecognizers } from '../src/cloak/recognizer/api.ts'
import { fullRecognizers } from '../src/cloak/recognizer/index.ts'
import { usualScore } from '../src/cloak/recognizer.ts'
import { type SettingGroup, type SettingName, settingNames, settingOf, takesFile } from '../src/setting.ts'
import { retiredNames } from '../src/setting-name.ts'
import { ruleOf } from '../src/setting-value.ts'

const apiRulesHead = '| rule | type | score | example | becomes |\n|---|---|---|---|---|\n'
const nameRulesHead = '| names | found | not found |\n|---|---|---|\n'
const nameRulesPlace = /\| names \| found \| not found \|\n\|[-|]+\|\n(?:\|[^\n]*\n)*/
/** Where the table of rules stands in docs/PRIVACY.md. */
const apiRulesPlace = /\| rule \| type \| score \| example \| becomes \|\n\|[-|]+\|\n(?:\|[^\n]*\n)*/

if (import.meta.main) {
  const docs = resolve(import.meta.dir, '..', 'docs')
  writeFileSync(join(docs, 'configuration.md'), renderConfiguration())
  writeFileSync(join(docs, 'cli.md'), renderCommands())
  const privacy = readFileSync(join(docs, 'PRIVACY.md'), 'utf8')
  writeFileSync(join(docs, 'PRIVACY.md'), privacy.replace(apiRulesPlace, renderApiRules()).replace(nameRulesPlace, renderNameRules()))
}

/** The table of docs/PRIVACY.md with the rules that only the API has. */
export function renderApiRules(): string {
  const rules = apiRecognizers.filter((recognizer) => !fullRecognizers.includes(recognizer))
  const rows = rules.map(({ name, type, score, examples }) => {
    const [example = '', becomes = ''] = examples.hidden[0] ?? []
    return `| ${name} | ${type} | ${score ?? usualScore} | \`${example}\` | \`${becomes}\` |\n`
  })
  const names = nameRules.map(
    ({ type, score, example, becomes }) => `| ${type.toLowerCase()} | ${type} | ${score} | \`${example}\` | \`${becomes}\` |\n`,
  )
  return apiRulesHead + rows.join('') + names.join('')
}

/** The table of docs/PRIVACY.md that says what the rules for names find and what they miss. */
export function renderNameRules(): string {
  return nameRulesHead + nameRules.map(({ type, finds, misses }) => `| ${type} | ${finds} | ${misses} |\n`).join('')
}

/** docs/configuration.md: every setting with its rule, default and meaning. */
export function renderConfiguration(): string {
  const groups = [...new Set(settingNames.map((name) => settingOf(name).group))]
  return `# Configuration

Made from \`src/setting.ts\` by \`npm run papers\`.

Every setting is an environment variable. None is needed: without any, the service listens on \`:8080\` and keeps everything in \`./data\`.

- An empty value counts as not given.
- An invalid value stops the start with a message that names the setting, the value and the rule; all faults are told at once, exit code 2.
- A name that nearly is a setting, or that an earlier service read and this one does not, gives a warning and has no effect.
- A secret may lie in a file: \`PB_PASSWORD_FILE=/run/secrets/pb_password\` in place of \`PB_PASSWORD\`. Giving both is an error. White space at the
  file's ends is dropped. Secrets never appear in messages, logs or \`config print\`.
- \`telemetry-service config print\` shows each value and where it comes from; \`telemetry-service help RATE_BURST\` explains one setting.

${groups.map(renderGroup).join('\n')}
## Names of the earlier service

These are recognized, have no effect and give a warning:

| name | why |
|---|---|
${Object.entries(retiredNames)
  .map(([name, reason]) => `| \`${name}\` | ${reason} |\n`)
  .join('')}`
}

function renderGroup(group: SettingGroup): string {
  const names = settingNames.filter((name) => settingOf(name).group === group)
  return `## ${group}\n\n${names.map(renderSetting).join('\n')}`
}

function renderSetting(name: SettingName): string {
  const setting = settingOf(name)
  const byDefault = setting.default ? `\`${setting.default}\`` : 'not set'
  const secret = takesFile(name) ? `\n- Secret: \`${name}_FILE\` may name a file that holds it` : ''
  return `### ${name}\n\n${setting.meaning}\n\n- Value: ${ruleOf(setting)}\n- Default: ${byDefault}${secret}\n`
}

/** docs/cli.md: every command with its flags. A group that takes flags is a command as well. */
export function renderCommands(): string {
  const commands = commandsOf(describedProgram()).filter(([, command]) => command.commands.length === 0 || command.options.length > 0)
  return `# Commands

Made from \`src/cli/\` by \`npm run papers\`.

\`telemetry-service\` is one binary; from a checkout \`npm run cli -- <command>\` does the same. Settings come from the environment, see
[configuration.md](configuration.md). Data goes to stdout, words for people go to stderr, so \`KEY=$(telemetry-service key create --scope read)\` works.

Commands about keys and parked runs ask the running server through \`DATA_DIR/control.sock\`, which only the user of the service may open. When no server
runs they take the data folder's lock and do the work themselves. \`serve\` and \`rebuild\` hold that lock: a second one on the same folder is refused.

An unknown command, flag or topic is refused with the nearest right one.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | it failed |
| 2 | the command line or a setting is wrong, nothing was done |

${commands.map(([path, command]) => renderCommand(path, command)).join('\n')}`
}

function renderCommand(path: string, command: Command): string {
  const usage = ['telemetry-service', path, ...command.registeredArguments.map((argument) => argumentOf(argument))].join(' ')
  const flags = command.options
    .filter(({ hidden }) => !hidden)
    .map((option) => {
      const choices = option.argChoices === undefined ? '' : ` One of ${option.argChoices.join(', ')}.`
      const byDefault =
        option.defaultValue === undefined || option.defaultValue === '' ? '' : ` Default \`${String(option.defaultValue)}\`.`
      return `| \`${option.flags}\` | ${sentence(option.description)}${choices}${byDefault}${option.mandatory ? ' Required.' : ''} |\n`
    })
  const table = flags.length === 0 ? '' : `\n| flag | meaning |\n|---|---|\n${flags.join('')}`
  return `## ${path}\n\n${command.description()}\n\n    ${usage}${flags.length === 0 ? '' : ' [flags]'}\n${table}`
}

function argumentOf(argument: Command['registeredArguments'][number]): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`
  return argument.required ? `<${name}>` : `[${name}]`
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** The commands as they are declared; none of them is run. */
function describedProgram(): Command {
  const refuse = () => {
    throw new Error('no command is run here')
  }
  const context = {
    env: {},
    clock: systemClock,
    isTerminal: false,
    printsToTerminal: false,
    asksPerson: false,
    print: refuse,
    printAll: refuse,
    readInput: refuse,
    tell: refuse,
    askLine: refuse,
    standBack: refuse,
    loadService: refuse,
  }
  return buildProgram(context, refuse)
}
