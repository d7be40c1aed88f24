import { afterAll, beforeAll, expect, test } from 'bun:test'
import { strToU8, zipSync } from 'fflate'
import { type ServiceProcess, startServiceProcess } from '../part/service.ts'
import { temporaryFolder } from '../store/folder.ts'
import { readText, root } from '../tidy/source.ts'
import { sectionOf } from './paper.ts'

const key = 'key-of-the-papers'
let service: ServiceProcess
let folder: ReturnType<typeof temporaryFolder>

beforeAll(async () => {
  service = await startServiceProcess({ env: { PIICLOAK_API_KEY: key } })
  folder = temporaryFolder()
  const letter = zipSync({ 'word/document.xml': strToU8('<w:p><w:t>Card 4111 1111 1111 1111</w:t></w:p>') })
  await Bun.write(folder.file('letter.docx'), letter)
})
afterAll(async () => {
  folder[Symbol.dispose]()
  await service.dispose()
})

/** Commands, and the block behind them with what they print. */
type Example = { readonly commands: string; readonly printed: string }

function examplesIn(paper: string, heading: string): readonly Example[] {
  const blocks = sectionOf(readText(paper), heading).matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)
  const found: { commands: string; printed: string }[] = []
  for (const [, kind, text = ''] of blocks) {
    const last = found.at(-1)
    if (kind === 'sh') found.push({ commands: text, printed: '' })
    else if (last !== undefined) last.printed += text
  }
  return found
}

const examples = [
  ...examplesIn('README.md', 'Clean a text').map((one) => ['README.md', one.commands, one] as const),
  ...examplesIn('docs/api.md', 'Cloaking texts').map((one) => ['docs/api.md', one.commands, one] as const),
]

test('there are examples of every way to have a text cloaked', () => {
  const commands = examples.map(([, text]) => text).join('\n')
  for (const way of ['cli -- cloak', '/analyze', '/anonymize ', '/anonymize/docx', '/anonymize/batch']) expect(commands).toContain(way)
})

test.each(examples)('%s prints what it says: %s', async (_, __, { commands, printed }) => {
  const child = Bun.spawn(
    [
      'bash',
      '-euo',
      'pipefail',
      '-c',
      commands.replaceAll('localhost:8080', `127.0.0.1:${service.port}`).replaceAll('@letter.docx', `@${folder.file('letter.docx')}`),
    ],
    {
      cwd: root,
      env: { PATH: process.env['PATH'] ?? '', HOME: folder.path, KEY: key },
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
    },
  )
  const [out, told, code] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited])
  expect([code, told]).toEqual([0, ''])
  expect(out.trimEnd()).toBe(printed.trimEnd())
})
