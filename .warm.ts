import { startServiceProcess } from './test/part/service.ts'
import { signInWith } from './bench/dashboard/visitor.ts'
import { makeKey } from './bench/key.ts'
import { rowsOf } from './bench/dashboard/question.ts'
const s = await startServiceProcess({ folder: process.argv[2]!, env: { LOG_LEVEL: 'warn' }, command: [process.argv[3]!] })
const v = await signInWith(s.url, await makeKey(s, 'read'))
const row = rowsOf([], [])[0]!
const ask = async (n: number) => { const ts: number[] = []; for (let i = 0; i < n; i++) ts.push((await v.see(row.paths[i % row.paths.length]!)).took); ts.sort((a, b) => a - b); return `p50 ${ts[n >> 1]!.toFixed(1)} p99 ${ts[Math.floor(n * .99)]!.toFixed(1)}` }
for (const n of [120, 240, 480, 960, 960]) console.log(row.name, n, await ask(n))
await s.end('SIGTERM')
