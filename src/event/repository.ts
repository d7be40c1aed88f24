import type { InstallEvent } from './install.ts'

/** What stands for the repository of an owner that is not configured: a fork would name a person. */
const foreignRepository = 'external'

/**
 * The repository of a script as it may be stored: `owner/name` of a configured owner (in the spelling of the setting), else `external`.
 * `source` is the collection it means: only the two repositories of a configured owner are collections, forks of them are external.
 */
export function readRepository(
  slug: string,
  owners: readonly string[],
): { readonly slug: string; readonly source: NonNullable<InstallEvent['repoSource']> } {
  const slash = slug.indexOf('/')
  const owner = owners.find((known) => known.length === slash && known.toLowerCase() === slug.slice(0, slash).toLowerCase())
  const name = slug.slice(slash + 1)
  if (owner === undefined || !repositoryName.test(name)) return { slug: foreignRepository, source: 'external' }
  const source = name === 'ProxmoxVE' || name === 'ProxmoxVED' ? name : 'external'
  return { slug: `${owner}/${name}`, source }
}

/** Matches `ProxmoxVE` and `my.scripts-2`; must not match `a/b`, an empty name or one with spaces. */
const repositoryName = /^[\w.-]{1,100}$/
