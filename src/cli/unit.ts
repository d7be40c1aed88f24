export type UnitOptions = {
  /** The whole path of the program. */
  readonly program: string
  /** The file that holds the settings; it may be missing. */
  readonly environmentFile: string
  /** Lets the service listen on ports below 1024. */
  readonly takesLowPorts: boolean
}

const hiddenFolders = [
  { setting: 'ProtectHome', folders: ['/home', '/root', '/run/user'] },
  { setting: 'PrivateTmp', folders: ['/tmp', '/var/tmp'] },
] as const

/** Why the unit below would not see a program at that path; undefined where it does. */
export function hiddenBy(path: string): string | undefined {
  for (const { setting, folders } of hiddenFolders) {
    const folder = folders.find((one) => path.startsWith(`${one}/`))
    if (folder !== undefined) return `${setting}=yes hides ${folder} from it`
  }
  return undefined
}

/** A systemd unit that leaves the service nothing but its own folder, the network and what Bun itself needs. */
export function unitOf({ program, environmentFile, takesLowPorts }: UnitOptions): string {
  const capability = takesLowPorts ? 'CAP_NET_BIND_SERVICE' : ''
  return `[Unit]
Description=telemetry-service
After=network-online.target
Wants=network-online.target
# A start that fails, as on a full disk, is tried again until it works.
StartLimitIntervalSec=0

[Service]
ExecStart=${program} serve
Environment=DATA_DIR=/var/lib/telemetry-service
EnvironmentFile=-${environmentFile}
StateDirectory=telemetry-service
StateDirectoryMode=0700
DynamicUser=yes
UMask=0077
Restart=on-failure
RestartSec=5
# A wrong setting does not get better by itself.
RestartPreventExitStatus=2
TimeoutStopSec=15
LimitNOFILE=65536

# Nothing may be written but the folder above.
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectProc=invisible
ProcSubset=pid

# No rights beside those of any user${takesLowPorts ? ', and to take ports below 1024' : ''}.
NoNewPrivileges=yes
CapabilityBoundingSet=${capability}
AmbientCapabilities=${capability}
${takesLowPorts ? '' : 'PrivateUsers=yes\n'}RestrictSUIDSGID=yes
RestrictNamespaces=yes
RestrictRealtime=yes
LockPersonality=yes
KeyringMode=private

# The system itself is out of reach. MemoryDenyWriteExecute is missing, since JavaScript is compiled while it runs.
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged
SystemCallErrorNumber=EPERM

[Install]
WantedBy=multi-user.target
`
}
