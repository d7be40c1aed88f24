import { type Command, InvalidArgumentError, Option } from 'commander'
import type { FilterChoice } from '../cloak/filter.ts'
import type { Reason } from '../cloak/hit.ts'
import { modes } from '../cloak/operator.ts'
import type { Context } from './context.ts'
import type { End } from './end.ts'

const profiles = ['ingest', 'api'] as const
type Options = {
  readonly profile: (typeof profiles)[number]
  readonly mode: (typeof modes)[number]
  readonly threshold: number
  readonly explain?: true
  readonly json?: true
}

const saltBytes = 32
const usualThreshold = 0.4

/** `cloak`: a filter from standard input to standard output. */
export function addCloak(program: Command, context: Context, end: End): void {
  program
    .command('cloak')
    .description(
      'Reads a text from standard input and writes it without personal data and secrets, as it arrives: `telemetry-service cloak < log > clean`. A line of more than 384 KiB is worked on, and written with --json, in parts.',
    )
    .addOption(
      new Option('--profile <profile>', 'what is looked for: what installers must not send, as at ingest, or every type of the API')
        .choices(profiles)
        .default('ingest'),
    )
    .addOption(
      new Option('--mode <mode>', 'what is put in the place of what was found; pseudonyms and hashes are of this run alone')
        .choices(modes)
        .default('replace'),
    )
    .addOption(
      new Option(
        '--threshold <score>',
        'how sure a finding must be, from 0 to 1; what ingest hides in its own mode is not judged by it, but with --json',
      )
        .default(usualThreshold)
        .argParser(readThreshold),
    )
    .option('--explain', 'tell on standard error what was found in which line and by which rule, never the value')
    .option('--json', 'write a line of JSON for each line, with what was found')
    .action(async (options: Options) => {
      await cloakInput(context, options)
      end(0)
    })
}

/** The rules are loaded by who needs them, so that other commands start at once. */
async function cloakInput(context: Context, { profile, mode, threshold, explain, json }: Options): Promise<void> {
  const { filterText } = await import('../cloak/filter.ts')
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
  let told = ''
  const note: FilterChoice['explain'] = (line, { type, rule, score, why }) => {
    told += `line ${line}: ${type} by ${rule} (${score.toFixed(2)}${reasonOf(why)})\n`
  }
  const keys = { salt: () => random(saltBytes), pseudonymKey: random(saltBytes) }
  const choice = { profile, mode, threshold, asJson: json === true, keys, ...(explain && { explain: note }) }
  await context.printAll(filterAndTell())

  /** Tells what was found in a piece in one go before the piece is printed: line by line it takes several times as long. */
  async function* filterAndTell(): AsyncIterable<string> {
    for await (const piece of filterText(context.readInput(), choice)) {
      if (told !== '') context.tell(told)
      told = ''
      yield piece
    }
  }
}

function readThreshold(text: string): number {
  const threshold = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(threshold <= 1)) throw new InvalidArgumentError('It must be a number from 0 to 1.')
  return threshold
}

function reasonOf({ isProven, context, because }: Reason): string {
  if (isProven) return ', proved'
  if (context !== undefined) return `, behind "${context}"`
  return because === undefined ? '' : `, ${because}`
}
