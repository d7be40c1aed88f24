import { startRunning } from './test/part/running.ts'
import { signInWith } from './bench/dashboard/visitor.ts'
import { makeKey } from './bench/key.ts'
import { StoreReaders } from './src/store/reader.ts'
import { ReaderThread } from './src/store/reader-thread.ts'
const marks: [string, number, number][] = []
const orig = ReaderThread.prototype.call
ReaderThread.prototype.call = async function (this: any, m: any, ...a: any[]) { const t = performance.now(); const r = await (orig as any).call(this, m, ...a); marks.push([m + ' ' + (typeof r === 'string' ? r.length : ''), t, performance.now()]); return r } as any
const s: any = await startRunning({ DATA_DIR: process.argv[2]!, LOG_LEVEL: 'warn' } as any)
const v = await signInWith(s.url, await makeKey({ url: s.url, folder: process.argv[2] } as any, 'read'))
for (const path of ['/dashboard?period=30d&arch=amd64', '/dashboard?period=30d&os=debian', '/dashboard?period=30d&os=alpine&cores=2', '/error-analysis?period=30d&arch=amd64']) {
  for (let i = 0; i < 15; i++) await v.see(path)
  const all: any[] = []
  for (let i = 0; i < 40; i++) { marks.length = 0; const t0 = performance.now(); const r = await v.see(path); all.push({ took: r.took, t0, marks: marks.slice() }) }
  all.sort((a, b) => a.took - b.took)
  for (const q of [0.1, 0.5, 0.9, 0.98]) { const x = all[Math.floor(q * all.length)]; console.log(path, q, x.took.toFixed(1), x.marks.map(([n, a, b]: any) => `${n}@${(a - x.t0).toFixed(1)}-${(b - x.t0).toFixed(1)}`).join('  ')) }
}
process.exit(0)
