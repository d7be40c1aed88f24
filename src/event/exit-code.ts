import type { InstallEvent } from './install.ts'

export type ErrorCategory = NonNullable<InstallEvent['errorCategory']>

/** What is known of one exit code. */
type ExitCode = { readonly code: number; readonly category: ErrorCategory; readonly description: string }

/** What an exit code means, in a few words. Codes that are not in the table but say that a signal ended the command name it. */
export function describeExitCode(code: number): string {
  const known = byCode.get(code)
  if (known !== undefined) return known.description
  if (!isSignalCode(code)) return `Unknown (exit code ${code})`
  const signal = code - signalBase
  const name = signalNames.get(signal)
  return name === undefined ? `Killed by signal ${signal}` : `Killed by ${name} (signal ${signal})`
}

/** The kind of failure an exit code tells; `unknown` for codes that can mean anything, and for 0. */
export function categoryOfExitCode(code: number): ErrorCategory {
  return byCode.get(code)?.category ?? (isSignalCode(code) ? 'signal' : 'unknown')
}

const signalBase = 128

/** A shell reports a command that signal n ended as 128 + n; there are 63 signals. */
function isSignalCode(code: number): boolean {
  return code > signalBase && code <= signalBase + 63
}

const signalNames: ReadonlyMap<number, string> = new Map([
  [1, 'SIGHUP'],
  [2, 'SIGINT'],
  [3, 'SIGQUIT'],
  [6, 'SIGABRT'],
  [9, 'SIGKILL'],
  [11, 'SIGSEGV'],
  [13, 'SIGPIPE'],
  [15, 'SIGTERM'],
  [24, 'SIGXCPU'],
  [25, 'SIGXFSZ'],
])

const rows: readonly (readonly [code: number, category: ErrorCategory, description: string])[] = [
  [0, 'unknown', 'Success'],
  // Shell
  [1, 'unknown', 'General error'],
  [2, 'unknown', 'Wrong use of a shell builtin'],
  [3, 'unknown', 'Syntax or argument error'],
  [10, 'config', 'Docker or privileged mode is needed'],
  // curl and wget
  [4, 'network', 'Download tool lacks a feature or protocol'],
  [5, 'network', 'Proxy name cannot be resolved'],
  [6, 'network', 'Host name cannot be resolved'],
  [7, 'network', 'Connection refused or host down'],
  [8, 'network', 'Server sent an invalid reply'],
  [16, 'network', 'HTTP/2 framing error'],
  [18, 'network', 'Transfer ended before all was received'],
  [22, 'network', 'Server answered with an HTTP error'],
  [23, 'storage', 'Downloaded data cannot be written, disk may be full'],
  [24, 'storage', 'Local file cannot be written'],
  [25, 'network', 'Upload failed'],
  [26, 'storage', 'Local file cannot be read'],
  [27, 'resource', 'Out of memory during a transfer'],
  [28, 'timeout', 'Transfer timed out'],
  [30, 'network', 'FTP PORT command failed'],
  [32, 'network', 'FTP SIZE command failed'],
  [33, 'network', 'Server does not support ranges'],
  [34, 'network', 'HTTP POST failed'],
  [35, 'network', 'TLS handshake failed'],
  [36, 'network', 'FTP download cannot be resumed'],
  [39, 'network', 'LDAP search failed'],
  [44, 'network', 'Transfer functions called in the wrong order'],
  [45, 'network', 'Network interface for the transfer cannot be used'],
  [46, 'network', 'Wrong password for the transfer'],
  [47, 'network', 'Too many redirects'],
  [48, 'network', 'Unknown transfer option'],
  [51, 'network', 'Certificate of the server is not valid'],
  [52, 'network', 'Server sent an empty reply'],
  [55, 'network', 'Data cannot be sent'],
  [56, 'network', 'Receiving failed, connection was reset'],
  [57, 'network', 'Waiting for the network failed'],
  [59, 'network', 'TLS cipher cannot be used'],
  [61, 'network', 'Transfer encoding is not understood'],
  [63, 'network', 'File is larger than allowed'],
  // sysexits.h
  [64, 'config', 'Wrong use of a command'],
  [65, 'unknown', 'Input data has the wrong format'],
  [66, 'unknown', 'Input cannot be opened'],
  [67, 'unknown', 'User is not known'],
  [68, 'network', 'Host is not known'],
  [69, 'service', 'Service is not available'],
  [70, 'unknown', 'Internal software error'],
  [71, 'unknown', 'Operating system error'],
  [72, 'unknown', 'Critical system file is missing'],
  [73, 'storage', 'Output file cannot be created'],
  [74, 'storage', 'Input or output error'],
  [75, 'network', 'Temporary failure, try again'],
  [76, 'network', 'Remote side broke the protocol'],
  [77, 'permission', 'Permission denied'],
  [78, 'network', 'Remote file not found'],
  [79, 'network', 'SSH session error'],
  [92, 'network', 'HTTP/2 stream error'],
  [95, 'network', 'HTTP/3 error'],
  // APT
  [100, 'apt', 'APT failed: broken packages or dependencies'],
  [101, 'apt', 'APT failed: package sources are faulty'],
  [102, 'apt', 'APT failed: its lock is held by another process'],
  // Checks before the start
  [103, 'preflight', 'Shell is not Bash'],
  [104, 'preflight', 'Not run as root'],
  [105, 'preflight', 'Version of Proxmox VE is not supported'],
  [106, 'preflight', 'Processor architecture is not supported'],
  [107, 'preflight', 'Kernel key parameters cannot be read'],
  [108, 'preflight', 'Kernel key limits are exceeded'],
  // Set-up
  [109, 'proxmox', 'No free container ID'],
  [110, 'proxmox', 'File default.vars cannot be applied'],
  [111, 'proxmox', 'Saved defaults of the application are missing'],
  [112, 'config', 'Invalid menu choice'],
  [113, 'user_aborted', 'Too few resources, stopped by the user'],
  [114, 'user_aborted', 'Too little storage, stopped by the user'],
  [115, 'network', 'Functions of the installer were not downloaded completely'],
  [116, 'config', 'Network bridge vmbr0 does not exist'],
  [117, 'proxmox', 'Container does not run'],
  [118, 'timeout', 'Container got no IP address in time'],
  [119, 'storage', 'No storage for container root disks'],
  [120, 'storage', 'No storage for container templates'],
  [121, 'network', 'Network of the container is not ready'],
  [122, 'user_aborted', 'No internet connection, stopped by the user'],
  [123, 'network', 'Local IP address cannot be found'],
  // Shell and signals
  [124, 'timeout', 'Command timed out'],
  [125, 'config', 'Docker daemon error or container did not start'],
  [126, 'permission', 'Command cannot be executed'],
  [127, 'command_not_found', 'Command not found'],
  [128, 'signal', 'Invalid argument to exit'],
  [129, 'user_aborted', 'Terminal was closed (SIGHUP)'],
  [130, 'user_aborted', 'Stopped with Ctrl+C (SIGINT)'],
  [131, 'signal', 'Killed by SIGQUIT'],
  [132, 'signal', 'Killed by SIGILL, illegal instruction'],
  [134, 'signal', 'Killed by SIGABRT'],
  [137, 'resource', 'Killed by SIGKILL, probably out of memory'],
  [139, 'unknown', 'Killed by SIGSEGV, memory access error'],
  [141, 'signal', 'Killed by SIGPIPE'],
  [143, 'signal', 'Killed by SIGTERM'],
  [144, 'signal', 'Killed by signal 16'],
  [146, 'signal', 'Killed by signal 18 (stop)'],
  // systemd and builds
  [150, 'service', 'Service did not start'],
  [151, 'service', 'Service unit not found'],
  [152, 'permission', 'Access denied (EACCES)'],
  [153, 'build', 'Compilation failed'],
  [154, 'build', 'Native module of Node.js failed to build'],
  // Python
  [160, 'dependency', 'Python environment or uv is broken'],
  [161, 'dependency', 'Python dependencies cannot be resolved'],
  [162, 'dependency', 'Python is managed by the system'],
  // Databases
  [170, 'database', 'PostgreSQL: connection failed'],
  [171, 'database', 'PostgreSQL: authentication failed'],
  [172, 'database', 'PostgreSQL: database does not exist'],
  [173, 'database', 'PostgreSQL: query failed'],
  [180, 'database', 'MySQL or MariaDB: connection failed'],
  [181, 'database', 'MySQL or MariaDB: authentication failed'],
  [182, 'database', 'MySQL or MariaDB: database does not exist'],
  [183, 'database', 'MySQL or MariaDB: query failed'],
  [190, 'database', 'MongoDB: connection failed'],
  [191, 'database', 'MongoDB: authentication failed'],
  [192, 'database', 'MongoDB: database does not exist'],
  [193, 'database', 'MongoDB: query failed'],
  // Proxmox VE
  [200, 'proxmox', 'Lock file cannot be created'],
  [203, 'config', 'Container ID is not set'],
  [204, 'config', 'Operating system of the container is not set'],
  [205, 'config', 'Container ID is below 100'],
  [206, 'config', 'Container ID is in use'],
  [207, 'config', 'Password has characters that are not allowed'],
  [208, 'config', 'DNS, MAC or network setting is invalid'],
  [209, 'proxmox', 'Container was not created'],
  [210, 'proxmox', 'Cluster has no quorum'],
  [211, 'timeout', 'Waiting for the template lock timed out'],
  [212, 'proxmox', 'Storage of type iscsidirect cannot hold containers'],
  [213, 'proxmox', 'Storage does not allow container root disks'],
  [214, 'storage', 'Not enough space'],
  [215, 'proxmox', 'Container is listed but does not exist'],
  [216, 'proxmox', 'RootFS entry of the container is missing'],
  [217, 'storage', 'Storage is not accessible'],
  [218, 'proxmox', 'Template is corrupt'],
  [219, 'storage', 'CephFS cannot hold containers'],
  [220, 'proxmox', 'Path of the template cannot be found'],
  [221, 'proxmox', 'Template cannot be read'],
  [222, 'proxmox', 'Template cannot be downloaded'],
  [223, 'proxmox', 'Template is missing after its download'],
  [224, 'storage', 'Proxmox Backup Server storage holds backups only'],
  [225, 'proxmox', 'No template for this operating system and version'],
  [226, 'proxmox', 'Virtual machine: disk import or set-up failed'],
  [231, 'proxmox', 'LXC packages of the host need an upgrade'],
  // Tools
  [232, 'config', 'Started in the wrong environment'],
  [233, 'config', 'Application is not installed'],
  [234, 'proxmox', 'No containers found'],
  [235, 'storage', 'Backup or restore failed'],
  [236, 'config', 'Needed hardware is missing'],
  [237, 'dependency', 'Needed package cannot be installed'],
  [238, 'config', 'Operating system is not supported'],
  // Node.js
  [239, 'dependency', 'npm or Node.js failed'],
  [243, 'resource', 'Node.js: heap is out of memory'],
  [245, 'config', 'Node.js: invalid option'],
  [246, 'unknown', 'Node.js: script cannot be parsed'],
  [247, 'unknown', 'Node.js: fatal internal error'],
  [248, 'unknown', 'Node.js: native add-on failed'],
  [249, 'unknown', 'npm or pnpm or yarn: fatal error'],
  // Applications
  [250, 'network', 'Download failed or version cannot be found'],
  [251, 'storage', 'Archive cannot be unpacked'],
  [252, 'unknown', 'Needed file is missing'],
  [253, 'config', 'Data must be migrated first'],
  [254, 'user_aborted', 'Question was declined or not answered in time'],
  [255, 'apt', 'Fatal error of dpkg or of a command under set -e'],
]

/** All codes with a meaning of their own, in ascending order. */
export const exitCodes: readonly ExitCode[] = rows
  .map(([code, category, description]) => ({ code, category, description }))
  .sort((one, other) => one.code - other.code)

const byCode: ReadonlyMap<number, ExitCode> = new Map(exitCodes.map((known) => [known.code, known]))
