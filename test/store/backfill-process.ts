/** Opens a store of an earlier version and kills itself, as a power loss would, after the steps that its argument allows. Arguments: path, steps. */
import { openStoreWriter } from '../../src/store/writer.ts'

let stepsLeft = Number(process.argv[3])
openStoreWriter(process.argv[2] ?? '', {
  onBackfill() {
    stepsLeft -= 1
    if (stepsLeft === 0) process.kill(process.pid, 'SIGKILL')
  },
})
