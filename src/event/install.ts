import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { type CamelCase, camelCase } from '../base/camel-case.ts'

/**
 * The install event, field by field: the only list of its fields, limits and values.
 * The checker, the repair of broken values, the store's columns, the PocketBase collection and the record of processing are derived from it.
 * Limits and values are those of the clients in the field; lengths of text count bytes of UTF-8.
 */
export const InstallWire = Type.Object({
  random_id: Type.Optional(text(64, 'id', 'Groups the runs of one installation session; a random UUID made by the client.')),
  execution_id: Type.Optional(
    text(64, 'id', 'Identifies one run, so that its reports are counted once; a random UUID made by the client.'),
  ),
  type: oneOf(['lxc', 'vm', 'turnkey', 'pve', 'addon', 'tool'], 'Which kind of script ran.'),
  nsapp: text(64, 'field', 'Which script ran.'),
  status: oneOf(['installing', 'validation', 'configuring', 'success', 'failed', 'aborted', 'unknown'], 'How far the run came.'),
  ct_type: Type.Optional(count(0, 2, 'Privileged container (0), unprivileged container (1) or virtual machine (2).')),
  disk_size: Type.Optional(count(0, 100_000, 'Disk asked for, in GB.')),
  core_count: Type.Optional(count(0, 256, 'Processor cores asked for.')),
  ram_size: Type.Optional(count(0, 1_048_576, 'Memory asked for, in MB.')),
  os_type: Type.Optional(
    oneOf(
      [
        ...['debian', 'ubuntu', 'alpine', 'devuan', 'fedora', 'rocky', 'alma', 'centos', 'opensuse', 'gentoo', 'openeuler'],
        ...['homeassistant', 'opnsense', 'openwrt', 'mikrotik', 'umbrel-os', 'pimox-haos', 'owncloud', 'turnkey-nextcloud', 'arch-linux'],
        'turnkey',
      ],
      'Operating system of the guest.',
    ),
  ),
  os_version: Type.Optional(text(32, 'value', 'Version of the operating system.')),
  pve_version: Type.Optional(text(32, 'value', 'Version of the host software.')),
  method: Type.Optional(text(32, 'value', 'Which way through the script was taken (default, advanced …).')),
  error: Type.Optional(text(131_072, 'full', 'Why the run failed: explanation and the end of its log.')),
  exit_code: Type.Optional(count(0, 255, 'Exit code of the run.')),
  error_category: Type.Optional(
    oneOf(
      [
        ...['network', 'storage', 'dependency', 'permission', 'timeout', 'config', 'resource', 'unknown', 'user_aborted', 'apt'],
        ...['command_not_found', 'service', 'database', 'signal', 'proxmox', 'shell', 'build', 'preflight', 'runtime'],
      ],
      'Kind of failure.',
    ),
  ),
  install_duration: Type.Optional(count(0, 86_400, 'How long the run took, in seconds.')),
  gpu_vendor: Type.Optional(oneOf(['intel', 'amd', 'nvidia', 'unknown'], 'Maker of the graphics processor.')),
  gpu_model: Type.Optional(text(64, 'value', 'Model of the graphics processor.')),
  gpu_passthrough: Type.Optional(oneOf(['igpu', 'dgpu', 'vgpu', 'none', 'unknown'], 'Kind of graphics processor handed to the guest.')),
  cpu_vendor: Type.Optional(oneOf(['intel', 'amd', 'arm', 'apple', 'qualcomm', 'unknown'], 'Maker of the processor.')),
  cpu_model: Type.Optional(text(64, 'value', 'Model of the processor.')),
  ram_speed: Type.Optional(text(16, 'value', 'Speed of the memory.')),
  repo_source: Type.Optional(oneOf(['ProxmoxVE', 'ProxmoxVED', 'external'], 'Which collection of scripts the run came from.')),
  repo_slug: Type.Optional(text(128, 'field', 'Repository of the script, kept only for configured owners.')),
  has_arm: Type.Optional(Type.Boolean({ kind: 'flag', purpose: 'Whether the script supports ARM.' })),
  arch: Type.Optional(text(16, 'value', 'Processor architecture.')),
  platform: Type.Optional(text(16, 'value', 'Host platform (pve, incus).')),
})
export type InstallWire = Static<typeof InstallWire>

/**
 * How a text is cloaked: `id` is replaced by a keyed hash unless it is a known id form, `full` passes every recognizer, and `field` all but those
 * that would hide the name of a script or repository (`draw.io`).
 */
export type TextProfile = 'id' | 'field' | 'value' | 'full'

function text(bytesMax: number, profile: TextProfile, purpose: string) {
  return Type.String({ kind: 'text', bytesMax, profile, purpose })
}

function count(minimum: number, maximum: number, purpose: string) {
  return Type.Integer({ kind: 'count', minimum, maximum, purpose })
}

function oneOf<const Value extends string>(values: readonly Value[], purpose: string) {
  return Type.Union(
    values.map((value) => Type.Literal(value)),
    { kind: 'oneOf', values, purpose },
  ) as unknown as ReturnType<typeof Type.Unsafe<Value>>
}

/** What the schema says of one field, in a form that loops can use. */
export type InstallField = { readonly wire: keyof InstallWire; readonly name: keyof InstallEvent; readonly purpose: string } & (
  | { readonly kind: 'text'; readonly bytesMax: number; readonly profile: TextProfile }
  | { readonly kind: 'count'; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'oneOf'; readonly values: readonly string[] }
  | { readonly kind: 'flag' }
)

export const installFields: readonly InstallField[] = Object.entries(InstallWire.properties as Record<string, TSchema>).map(
  ([wire, schema]) => ({ ...schema, wire, name: camelCase(wire) }) as unknown as InstallField,
)

type CamelKeys<Wire> = { readonly [Key in keyof Wire as Key extends string ? CamelCase<Key> : never]: Wire[Key] }

/**
 * An install event after normalization: names in camelCase, values within their limits, corrections applied, absent where empty.
 * `error` is the explanation alone (at most `errorCharactersMax` characters); the log behind it is `trace`.
 */
export type InstallEvent = CamelKeys<InstallWire> & { readonly trace?: string }

export type InstallStatus = InstallEvent['status']

export const errorCharactersMax = 120
export const traceCharactersMax = 10_240
