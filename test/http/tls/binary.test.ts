import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { copyFileSync } from 'node:fs'
import { builtBinary } from '../../part/binary.ts'
import { makeCertificate } from '../../part/certificate.ts'
import { type ServiceProcess, startServiceProcess } from '../../part/service.ts'
import { temporaryFolder } from '../../store/folder.ts'
import { until } from '../../wait.ts'

const folder = temporaryFolder()
const served = makeCertificate(folder.path, 'served')
const env = { TLS_CERT_FILE: served.certFile, TLS_KEY_FILE: served.keyFile, METRICS_ADDR: '127.0.0.1:0', DATA_DIR: folder.file('data') }
let binary: string
let service: ServiceProcess

beforeAll(async () => {
  binary = await builtBinary()
  service = await startServiceProcess({ command: [binary], env })
}, 180_000)

afterAll(async () => {
  await service.dispose()
  folder[Symbol.dispose]()
})

/** What openssl says of a connection with these flags. */
async function connect(...flags: readonly string[]): Promise<string> {
  const child = Bun.spawn(['openssl', 's_client', '-connect', `127.0.0.1:${service.port}`, ...flags], {
    stdin: new Blob(['']),
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [out, told] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited])
  return out + told
}

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${service.url}${path}`, { ...init, redirect: 'manual', tls: { rejectUnauthorized: false } })

describe('P19 the built program with TLS_CERT_FILE', () => {
  test.each([[['-tls1_3']], [['-min_protocol', 'TLSv1.2']]])('speaks 1.3 with a client that offers it (%s)', async (flags) => {
    expect(await connect(...flags)).toContain('New, TLSv1.3')
  })

  test.each([[['-tls1_2']], [['-tls1_1']], [['-tls1']], [['-max_protocol', 'TLSv1.2']]])(
    'refuses a client that offers at most an older version (%s)',
    async (flags) => {
      const said = await connect(...flags, '-cipher', 'ALL:@SECLEVEL=0')
      expect(said).toMatch(/alert protocol version|no protocols available/)
      expect(said).toContain('Cipher is (NONE)')
    },
  )

  test('has no plain way in on the same port', async () => {
    const answer = await fetch(`http://127.0.0.1:${service.port}/healthz`).then(
      ({ status }) => status,
      () => 'no answer',
    )
    expect([400, 'no answer']).toContain(answer)
  })

  test.each([['/'], ['/healthz'], ['/api/exit-codes'], ['/nowhere'], ['/telemetry'], ['/style.css']])(
    'tells browsers to stay with TLS at %s',
    async (path) => {
      expect((await ask(path)).headers.get('strict-transport-security')).toBe('max-age=31536000')
    },
  )

  test('makes cookies for TLS alone', async () => {
    expect((await ask('/sign-in')).headers.get('set-cookie')).toMatch(/^__Host-\S+=.*; Secure/)
  })

  test('takes events', async () => {
    const body = JSON.stringify({ random_id: crypto.randomUUID(), type: 'lxc', nsapp: 'docker', status: 'success' })
    const answer = await ask('/telemetry', { method: 'POST', body })
    expect([answer.status, await answer.text()]).toEqual([202, 'accepted'])
  })

  test('is asked by `health` over TLS', async () => {
    const child = Bun.spawn([binary, 'health'], { env: { ...env, LISTEN_ADDR: `127.0.0.1:${service.port}` }, stdout: 'pipe' })
    expect([await child.exited, (await child.stdout.text()).trim()]).toEqual([0, 'ok'])
  })

  test('serves a new certificate within seconds of its files, and refuses a bad one', async () => {
    copyFileSync(makeCertificate(folder.path, 'other').keyFile, served.keyFile)
    await until(() => service.log().includes('new certificate refused'), 'the bad pair is refused', 30_000)
    expect(await connect('-tls1_3')).toMatch(/CN ?= ?served/)
    const next = makeCertificate(folder.path, 'next')
    copyFileSync(next.certFile, served.certFile)
    copyFileSync(next.keyFile, served.keyFile)
    await until(async () => /CN ?= ?next/.test(await connect('-tls1_3')), 'the good pair is served', 30_000)
    expect(service.log()).toContain('new certificate served')
  })
})

test.each([
  [
    'a key of another certificate',
    () => ({ ...env, TLS_KEY_FILE: makeCertificate(folder.path, 'third').keyFile }),
    'is not the key of the first certificate',
  ],
  ['no key', () => ({ ...env, TLS_KEY_FILE: '' }), 'TLS_KEY_FILE is missing'],
])('the start ends with %s, and says so', async (_, envOf, words) => {
  await expect(startServiceProcess({ command: [binary], env: { ...envOf(), DATA_DIR: folder.file('elsewhere') } })).rejects.toThrow(words)
})
