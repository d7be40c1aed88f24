import { startRunning } from './test/part/running.ts'
import { signInWith } from './bench/dashboard/visitor.ts'
import { makeKey } from './bench/key.ts'
const s: any = await startRunning({ DATA_DIR: process.argv[2]!, LOG_LEVEL: 'warn' } as any)
const key = await makeKey({ url: s.url, folder: process.argv[2] } as any, 'read')
// the client is a process of its own
const child = Bun.spawn([process.execPath, 'run', './.client.ts', s.url, key, process.argv[3]!], { stdout: 'inherit' })
await child.exited
process.exit(0)
