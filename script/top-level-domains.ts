// Writes src/cloak/top-level-domain.ts from the package `tlds`, which follows the public list of top-level domains (data.iana.org/TLD).
// Run by `npm run domains` after the package was updated; a test compares the file with the package.
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { domainToASCII } from 'node:url'
import endings from 'tlds'
import { devDependencies } from '../package.json'

const lineCharactersMax = 130

if (import.meta.main) {
  const today = new Date().toISOString().slice(0, 10)
  writeFileSync(join(resolve(import.meta.dir, '..'), 'src/cloak/top-level-domain.ts'), renderTopLevelDomains(today))
}

/** The file; names beyond ASCII stand in it as they are written and as name servers know them. */
export function renderTopLevelDomains(day: string): string {
  const names = [...new Set(endings.flatMap((ending) => [ending, domainToASCII(ending)]))].filter((name) => name !== '').sort()
  const lines = ['']
  for (const name of names) {
    const line = lines.at(-1) ?? ''
    if (line === '') lines[lines.length - 1] = name
    else if (line.length + name.length < lineCharactersMax) lines[lines.length - 1] = `${line} ${name}`
    else lines.push(name)
  }
  return `// Made by \`npm run domains\` from the package tlds ${devDependencies.tlds} on ${day}.

/** Every top-level domain of the public list, in lower case, those beyond ASCII in both spellings. */
export const topLevelDomains: readonly string[] = [
${lines.map((line) => `  '${line}',`).join('\n')}
].flatMap((line) => line.split(' '))
`
}
