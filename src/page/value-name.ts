import { describeExitCode } from '../event/exit-code.ts'

const typeNames: ReadonlyMap<string, string> = new Map([
  ['lxc', 'LXC container'],
  ['vm', 'virtual machine'],
  ['turnkey', 'TurnKey container'],
  ['pve', 'Proxmox VE host'],
  ['addon', 'add-on'],
])

const containerNames: ReadonlyMap<string, string> = new Map([
  ['0', 'privileged'],
  ['1', 'unprivileged'],
  ['2', 'virtual machine'],
])

/** What a type of script is called; a type we do not know stays as it is. */
export function nameType(type: string): string {
  return typeNames.get(type) ?? type
}

/** What the number of a container's kind means. */
export function nameContainer(kind: string): string {
  return containerNames.get(kind) ?? kind
}

const gpuMakers: ReadonlyMap<string, string> = new Map([
  ['intel', 'Intel'],
  ['amd', 'AMD'],
  ['nvidia', 'NVIDIA'],
  ['unknown', 'unknown maker'],
])

const gpuPassings: ReadonlyMap<string, string> = new Map([
  ['none', 'not passed'],
  ['igpu', 'iGPU passed'],
  ['dgpu', 'dGPU passed'],
  ['vgpu', 'vGPU passed'],
  ['unknown', 'not known if passed'],
])

/** A maker and what was handed to the guest, `intel none`, as `Intel, not passed`; what we do not know stays as it is. */
export function nameGpu(gpu: string): string {
  const [maker = '', passing = ''] = gpu.split(' ')
  const words = gpuPassings.get(passing)
  return words === undefined ? gpu : `${gpuMakers.get(maker) ?? maker}, ${words}`
}

/** An exit code with its meaning: `100 · APT: Package manager error`. */
export function nameExitCode(code: string): string {
  return /^\d+$/.test(code) ? `${code} · ${describeExitCode(Number(code))}` : code
}
