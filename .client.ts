import { signInWith } from './bench/dashboard/visitor.ts'
const v = await signInWith(process.argv[2]!, process.argv[3]!)
for (let i = 0; i < 300; i++) await v.see(process.argv[4]!)
const ts: number[] = []
for (let i = 0; i < 1000; i++) ts.push((await v.see(process.argv[4]!)).took)
ts.sort((a, b) => a - b)
console.log(process.argv[4], 'p10', ts[100]!.toFixed(1), 'p50', ts[500]!.toFixed(1), 'p90', ts[900]!.toFixed(1), 'p99', ts[990]!.toFixed(1))
