import type { EncodedEntries } from '../../journal/payload.ts'
import { receiveEntries } from '../../journal/payload.ts'
import { answerControl, guardControl } from './control-answer.ts'

/** What records are prepared with: the running service's, whatever the environment of the command says. `idSecret` is in hex. */
export type ImportPolicy = { readonly version: string; readonly repoOwners: readonly string[]; readonly idSecret: string }

export type ImportedEntries = { readonly erased: number }

/** Takes runs that a command has prepared. */
export type ImportDesk = {
  readImportPolicy(): Promise<ImportPolicy>
  /**
   * Resolves when they wait to be counted; that may take as long as much else waits. `erased` were left out: their id was erased after they began. Throws with
   * a sentence for the operator.
   */
  importEntries(entries: EncodedEntries): Promise<ImportedEntries>
  /** Resolves when all that was taken is on disk for good and counted. */
  settleImport(): Promise<void>
}

/** The control socket's part for imports. */
export function importRoutesOf(desk: ImportDesk) {
  return {
    '/import/policy': { GET: guardControl(async () => answerControl(200, await desk.readImportPolicy())) },
    '/import/entries': {
      POST: guardControl(async (request) => {
        return answerControl(200, await desk.importEntries(receiveEntries(await request.text())))
      }),
    },
    '/import/settled': {
      POST: guardControl(async () => {
        await desk.settleImport()
        return answerControl(200, {})
      }),
    },
  }
}
