import { expect, test } from 'bun:test'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { startRunning } from '../../part/running.ts'

const canary = 'canary-4e1f7a'
const texts = [`mail ${canary}@example.com`, `password=${canary}`, `10.0.0.5 ${canary}`]

/** Every byte below a folder. */
function bytesBelow(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .map((path) => (statSync(path, { throwIfNoEntry: false })?.isFile() ? readIfThere(path) : ''))
    .join('\n')
}

/** A file of a database that was just closed may be gone: then nothing is in it. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch (fault) {
    if ((fault as { code?: string }).code === 'ENOENT') return ''
    throw fault
  }
}

test('P26 nothing of a text is stored, logged, counted by name or repeated in a refusal', async () => {
  await using service = await startRunning({
    CLOAK_ACCESS: 'open',
    PIICLOAK_RATE_LIMIT: '0',
    ENABLE_REQUEST_LOGGING: 'true',
    LOG_LEVEL: 'debug',
  })
  const json = { 'Content-Type': 'application/json', 'X-Request-ID': canary }
  const refused: string[] = []
  for (const text of texts) {
    for (const path of ['/analyze', '/anonymize', '/anonymize/batch']) {
      const answer = await service.ask(`${path}?${canary}=1`, { body: JSON.stringify({ text }), headers: json })
      expect(answer.status).toBe(200)
      for (const broken of [`{"text":"${text}`, JSON.stringify({ text: [text] }), JSON.stringify({ text, mode: text }), `"${text}"`])
        refused.push(await (await service.ask(path, { body: broken, headers: json })).text())
    }
  }
  const form = new FormData()
  form.append(
    'document',
    new File([zipSync({ 'word/document.xml': strToU8(`<w:p><w:t>${texts[0]}</w:t></w:p>`) }) as Uint8Array<ArrayBuffer>], `${canary}.docx`),
  )
  expect((await fetch(`${service.url}/anonymize/docx`, { method: 'POST', body: form })).status).toBe(200)
  const metrics = await (await service.ask('/metrics')).text()
  const running = bytesBelow(service.folder)
  await service.stop()
  expect(refused.join('\n').replaceAll(/"original":.*/g, '')).not.toContain(canary)
  expect(metrics).not.toContain(canary)
  expect(JSON.stringify(service.lines)).not.toContain(canary)
  expect(running + bytesBelow(service.folder)).not.toContain(canary)
})
