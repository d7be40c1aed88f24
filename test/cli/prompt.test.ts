import { expect, setDefaultTimeout, test } from 'bun:test'
import { join } from 'node:path'
import { until } from '../wait.ts'

setDefaultTimeout(60_000) // Processes are started, on a machine that may be busy.

const script = `
  const { createPrompt } = await import(${JSON.stringify(join(import.meta.dir, '../../src/cli/prompt.ts'))})
  const askLine = createPrompt()
  const name = await askLine('Name: ', false)
  const word = await askLine('Word: ', true)
  console.log('got ' + name.length + ' and ' + word.length)
  process.exit(0)`

test('from a pipe each question takes the next line and is not printed', async () => {
  const child = Bun.spawn([process.execPath, '-e', script], { stdin: new Blob(['root\r\nsecret\n']), stdout: 'pipe', stderr: 'pipe' })
  expect(await child.stdout.text()).toBe('got 4 and 6\n')
  expect(await child.stderr.text()).toBe('')
})

test('from an empty pipe every answer is empty', async () => {
  const child = Bun.spawn([process.execPath, '-e', script], { stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' })
  expect(await child.stdout.text()).toBe('got 0 and 0\n')
})

test('in a terminal the questions are asked and a secret is not echoed', async () => {
  let screen = ''
  const child = Bun.spawn([process.execPath, '-e', script], {
    terminal: {
      data: (_terminal, bytes) => {
        screen += new TextDecoder().decode(bytes)
      },
    },
  })
  await until(() => screen.includes('Name: '), 'the name is asked for')
  child.terminal?.write('visible\r')
  await until(() => screen.includes('Word: '), 'the word is asked for')
  child.terminal?.write('canary\r')
  await until(() => screen.includes('got 7 and 6'), 'both lines are read')
  expect(screen).toContain('visible')
  expect(screen).not.toContain('canary')
  expect(await child.exited).toBe(0)
})
