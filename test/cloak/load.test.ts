import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { listFiles, root } from '../tidy/source.ts'

/** What only the cloak API and the command `cloak` need. */
const ofApi =
  /\/src\/cloak\/(?:analyze|phone-plan|name\/|recognizer\/(?:api|iban|phone-number))|\/node_modules\/(?:libphonenumber-js|validator)\//
const ofNames = /\/src\/cloak\/name\//

const threads = listFiles().filter((path) => /^src\/.*worker\.ts$/.test(path) && !/^src\/(?:http\/cloak|base)\//.test(path))

test.each([['src/app.ts', ''], ['src/cli/program.ts', ''], ...threads.map((path) => [path, ''] as const)])(
  '%s loads nothing that only the cloak API needs',
  async (path) => {
    expect(await loadedBy(`await import('${join(root, path)}')`, ofApi)).toEqual([])
  },
)

test('the rules for names are loaded by the first text that asks for names', async () => {
  const anonymize = (body: object) => `await work('anonymize', new TextEncoder().encode('${JSON.stringify(body)}'), defaults, keys)`
  const start = `
    const { work } = await import('${join(root, 'src/http/cloak/work.ts')}')
    const defaults = { threshold: 0.4, mode: 'replace' }, keys = { salt: () => new Uint8Array(32), pseudonymKey: new Uint8Array(32) }
    ${anonymize({ text: 'Jana Kowalski at 10.0.0.5', entities: ['IP_ADDRESS'] })}`
  expect(await loadedBy(start, ofNames)).toEqual([])
  expect(await loadedBy(`${start}\n${anonymize({ text: 'Jana Kowalski' })}`, ofNames)).toContain('src/cloak/name/find-names.ts')
})

/** The files of a kind that a program of its own has loaded once it did something. */
async function loadedBy(code: string, kind: RegExp): Promise<readonly string[]> {
  const tell = `console.log(JSON.stringify(Object.keys(require.cache))); process.exit(0)`
  const child = Bun.spawn([process.execPath, '-e', `${code}\n${tell}`], { cwd: root, stdout: 'pipe', stderr: 'pipe' })
  const [out, told] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited])
  if (out === '') throw new Error(told)
  const loaded: readonly string[] = JSON.parse(out)
  return loaded.filter((path) => kind.test(path)).map((path) => path.slice(path.indexOf('/src/') + 1))
}
