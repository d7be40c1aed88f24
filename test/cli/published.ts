import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommandLine } from '../../src/cli/program.ts'
import { startSeeded } from '../http/page/seeded.ts'
import { eventBody, type Running } from '../part/running.ts'
import { canaries, plainCanaries, spokenCanaries } from '../privacy/canary.ts'
import { sampleContext } from './desk-sample.ts'

/** Ids as they are sent, which nothing that is published may hold. */
export const sentIds = Array.from({ length: 6 }, () => crypto.randomUUID())
/** Scripts with fewer runs than everybody may see. */
export const rareNames = ['seldomscript', 'rarescript'] as const

/** A service with runs of every kind, scripts that are too rare to show, and personal data in what its clients sent. */
export async function startToPublish(): Promise<Running> {
  const { service } = await startSeeded({ PUBLIC_DASHBOARD: 'true' })
  const texts = [...canaries, ...spokenCanaries].map(({ text }) => text)
  const bodies = [
    ...rareNames.flatMap((nsapp) => [0, 1].map(() => eventBody({ nsapp, method: `${nsapp}-way` }))),
    ...sentIds.map((id, index) =>
      eventBody({
        ...{ random_id: id, execution_id: id, nsapp: 'docker', status: 'failed', exit_code: 100 },
        error: `exit_code=100 | apt | at line 7: apt-get\n---\n${texts[index % texts.length]}\n${texts.join('\n')}`,
        plain: plainCanaries[0]?.text,
      }),
    ),
  ]
  for (const body of bodies) if ((await service.ask('/telemetry', { body })).status !== 202) throw new Error('an event was refused')
  await service.settle()
  return service
}

/** Runs `export --public` on a data folder. Throws with what was told unless it ends with 0. */
export async function publish(folder: string, out: string): Promise<string> {
  const context = sampleContext({ DATA_DIR: folder })
  const code = await runCommandLine(['export', '--public', '--out', out], context)
  if (code !== 0) throw new Error(context.told())
  return context.told()
}

/** Every file of a folder by its path in it. */
export function readFiles(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    paths.map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      return [path.slice(folder.length + 1), readFileSync(path, 'utf8')] as const
    }),
  )
}
