import type { RunReading } from '../../src/event/reading.ts'
import type { RecordView } from '../../src/page/record/record-view.ts'
import type { RunLineView } from '../../src/page/record/run-line-view.ts'
import { plainTexts, type Texts } from './sample-analysis.ts'
import { sampleFrame } from './sample-view.ts'

const states = ['success', 'failed', 'aborted', 'installing', 'validation', 'configuring', 'unknown'] as const
const began = Date.UTC(2026, 2, 2, 12, 0, 3)

/** Runs in every state. */
export function sampleRuns(texts: Texts = plainTexts, count = 20): readonly RunLineView[] {
  return Array.from({ length: count }, (_, index) => {
    const state = states[index % states.length] ?? 'unknown'
    return {
      id: texts(`0b7f9a52-71c5-4ba1-9d5e-00000000000${index % 10}`),
      time: texts(`2026-03-02 12:${String(59 - index).padStart(2, '0')}`),
      state,
      script: texts('paperless-ngx'),
      type: texts('lxc'),
      system: texts('debian 13'),
      method: texts('default'),
      ...(state === 'failed' && { exitCode: 100 }),
      error: state === 'failed' ? texts('E: Unable to locate package paperless-ngx-consumer in the list of sources') : '',
      took: state === 'success' ? texts('2 min 5 s') : '',
      isRepaired: index % 5 === 1,
    }
  })
}

const log = `Reading package lists...
E: Unable to locate package paperless-ngx-consumer
Contact <email> or see https://<host>/help from 192.x.x.x
[ERROR] in line 34: exit code 100: while executing command apt-get install -y paperless-ngx-consumer`

/** A failed run that said all there is to say. */
export function sampleReading(texts: Texts = plainTexts): RunReading {
  return {
    type: 'lxc',
    nsapp: texts('paperless-ngx'),
    randomId: texts('5d2c0f3e-1f4b-4a62-8d0e-6a4b8f1c2d3e'),
    executionId: texts('0b7f9a52-71c5-4ba1-9d5e-3c2a1f0e9d8c'),
    repoSource: 'ProxmoxVE',
    repoSourceAssumed: true,
    repoSlug: texts('community-scripts/ProxmoxVE'),
    gpuVendor: 'intel',
    gpuModel: texts('Intel UHD Graphics 630'),
    gpuPassthrough: 'igpu',
    cpuVendor: 'intel',
    cpuModel: texts('Intel Core i5-8500T'),
    ctType: 1,
    coreCount: 2,
    ramSize: 2_048,
    diskSize: 8,
    osType: 'debian',
    osVersion: texts('13'),
    pveVersion: texts('9.1.1'),
    method: texts('default'),
    hasArm: true,
    status: 'failed',
    excused: false,
    stuck: false,
    exitCode: 100,
    error: texts('E: Unable to locate package paperless-ngx-consumer'),
    errorCategory: 'apt',
    trace: texts(log),
    installDuration: 127,
    stage: 'terminal',
    firstAt: began,
    lastAt: began + 127_000,
    pipeline: [
      { stage: 'installing', first: began, last: began + 9_000 },
      { stage: 'configuring', first: began + 61_000, last: began + 61_000 },
      { stage: 'terminal', first: began + 127_000, last: began + 127_000 },
    ],
    repairs: [texts('disk_size:unit'), texts('os_type:letter_case')],
    rules: [texts('email'), texts('url-host'), texts('ipv4')],
  }
}

export function sampleRecord(texts: Texts = plainTexts): RecordView {
  return {
    frame: sampleFrame('/records/0b7f9a52', texts),
    id: texts('0b7f9a52-71c5-4ba1-9d5e-3c2a1f0e9d8c'),
    reading: sampleReading(texts),
    fingerprint: texts('7f3a0c0de1234567'),
    mirror: { state: 'parked', reason: texts('400 validation_max_text_constraint on nsapp'), since: texts('2026-03-02 12:03') },
    others: sampleRuns(texts, 3),
  }
}

/** A run of which only the first report came, days ago. */
export function sampleStuckRecord(): RecordView {
  return {
    frame: sampleFrame('/records/unknown'),
    id: 'unknown',
    reading: {
      type: 'vm',
      nsapp: 'homeassistant',
      repoSource: 'ProxmoxVE',
      repoSourceAssumed: true,
      gpuVendor: 'unknown',
      gpuPassthrough: 'unknown',
      cpuVendor: 'unknown',
      status: 'unknown',
      errorCategory: 'timeout',
      excused: false,
      stuck: true,
      stage: 'installing',
      firstAt: began,
      lastAt: began,
      pipeline: [{ stage: 'installing', first: began, last: began }],
      repairs: [],
      rules: [],
    },
    mirror: { state: 'off' },
    others: [],
  }
}
