import { startServiceProcess } from './test/part/service.ts'
import { signInWith } from './bench/dashboard/visitor.ts'
import { makeKey } from './bench/key.ts'
import { readFileSync, readdirSync } from 'node:fs'
const bin = process.argv[3]!
const s = await startServiceProcess({ folder: process.argv[2]!, env: { LOG_LEVEL: 'warn' }, command: [bin] })
const v = await signInWith(s.url, await makeKey(s, 'read'))
const threads = () => new Map(readdirSync(`/proc/${s.pid}/task`).map((t) => { const st = readFileSync(`/proc/${s.pid}/task/${t}/stat`, 'utf8'); const e = st.lastIndexOf(')'); const f = st.slice(e + 2).split(' '); const ss = readFileSync(`/proc/${s.pid}/task/${t}/schedstat`, 'utf8').split(' '); return [t, { name: st.slice(st.indexOf('(') + 1, e) + '/' + f[16], ms: Number(ss[0]) / 1e6, wait: Number(ss[1]) / 1e6 }] as const }))
for (const path of Array(8).fill("/dashboard?period=30d")) {
  for (let i = 0; i < 0; i++) await v.see(path)
  const a = threads(); const n = 300; const ts: number[] = []
  for (let i = 0; i < n; i++) ts.push((await v.see(path)).took)
  const b = threads(); ts.sort((x, y) => x - y)
  let sum = 0; const parts: string[] = []
  for (const [t, x] of b) { const d = (x.ms - (a.get(t)?.ms ?? 0)) / n; sum += d; const w = (x.wait - (a.get(t)?.wait ?? 0)) / n; if (d > 0.15) parts.push(`${x.name} ${d.toFixed(1)}(w${w.toFixed(1)})`) }
  console.log(path, 'p50', ts[n >> 1]!.toFixed(1), 'p90', ts[Math.floor(n * .9)]!.toFixed(1), 'p99', ts[Math.floor(n * .99)]!.toFixed(1), 'cpu', sum.toFixed(1), '|', parts.join(' '))
}
await s.end('SIGTERM')
