import { expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { startServiceProcess } from '../part/service.ts'
import { until } from '../wait.ts'

type Thread = { readonly name: string; readonly nice: number }

/** The threads of a process. The nice value is the 19th field of `stat`, counted behind the name, which may hold blanks. */
function threadsOf(pid: number): readonly Thread[] {
  return readdirSync(`/proc/${pid}/task`).map((thread) => {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8')
    const nameEnd = stat.lastIndexOf(')')
    return { name: stat.slice(stat.indexOf('(') + 1, nameEnd), nice: Number(stat.slice(nameEnd + 2).split(' ')[16]) }
  })
}

test("the consumer's thread stands back, and neither the main thread nor the journal's", async () => {
  const service = await startServiceProcess()
  const nicesOfWorkers = () =>
    new Set(
      threadsOf(service.pid)
        .filter(({ name }) => name === 'Worker')
        .map(({ nice }) => nice),
    )
  // A thread that is new has the name of the process for a moment, also after the service has answered.
  await until(() => nicesOfWorkers().size > 1, 'two kinds of threads')
  expect(nicesOfWorkers()).toEqual(new Set([0, 10])) // The consumer's own helper threads have its value.
  expect(threadsOf(service.pid)[0]?.nice).toBe(0)
  await service.dispose()
})
