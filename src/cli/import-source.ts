import { existsSync } from 'node:fs'
import { readFileForm } from '../../migration/import/file-form.ts'
import { fileSource } from '../../migration/import/file-source.ts'
import { httpSource } from '../../migration/import/http-source.ts'
import { pocketbaseSource } from '../../migration/import/pocketbase-source.ts'
import type { Source } from '../../migration/import/source.ts'
import { err, ok, type Result } from '../base/result.ts'
import { isPlainAndPublic } from '../setting-contradiction.ts'
import type { Context } from './context.ts'
import type { SourceFormat } from './import-choice.ts'

/** What the command line says of a source beside its name. */
export type SourceFlags = { readonly collection?: string; readonly identity?: string; readonly authCollection: string }

const pageRecords = 500

/** The source of an import by what the operator wrote. The fault is a sentence about what is wrong with it. */
export async function openSource(
  context: Context,
  { path: given, format }: { readonly path: string; readonly format: SourceFormat | undefined },
  flags: SourceFlags,
): Promise<Result<Source, string>> {
  const { collection } = flags
  if (!/^https?:/i.test(given)) {
    if (collection !== undefined) return err('--collection needs the address of a PocketBase, like https://pocketbase.example.org')
    if (format === 'http' || format === 'pocketbase') return err(`--format ${format} needs an address that begins with http or https`)
    if (!existsSync(given)) return err(`${given} does not exist`)
    const form = await readFileForm(given, format)
    return form.ok ? ok(fileSource(given, form.value)) : form
  }
  if (format === 'pocketbase' && collection === undefined) return err('--format pocketbase needs --collection')
  if (format === 'http' && collection !== undefined) return err('--format http: only a PocketBase has a --collection')
  if (format !== undefined && format !== 'http' && format !== 'pocketbase')
    return err(`--format ${format}: an address is http or pocketbase`)
  const url = URL.parse(given)
  if (url === null || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return err('the source must be an http or https address without user name, password, query or fragment')
  if (isPlainAndPublic(url.href)) return err('the source must begin with https, since it lies outside private networks')
  if (collection === undefined) return ok(httpSource({ url, pageRecords }))
  return ok(pocketbaseSource({ url, collection, account: await askAccount(context, flags), pageRecords }))
}

async function askAccount(context: Context, { identity: given, authCollection: collection }: SourceFlags) {
  const identity = given ?? (await context.askLine('Account that may read the collection: ', false))
  return { collection, identity, password: await context.askLine('Its password (used for this import, not stored): ', true) }
}
