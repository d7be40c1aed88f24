/** Lines that sound like a cause and are none: warnings, what the client's trap says itself, and what a program says while it goes on. */
export const passedOver =
  /^(?:warn(?:ing)?\b|npm warn\b|perl: warning|sudo: unable to resolve host|waiting for cache lock|in line \d+: exit code|exit_code=\d|exit code \d+:|tar: removing leading|go: (?:downloading|finding|extracting|added|upgraded)|npm (?:error|err!)\s*(?:$|a complete log|path |errno |syscall |command |cwd |dest |signal ))/i

/**
 * What the machine or its network lacked, by the name that counts, wherever it stands in a line: whoever meets it, it is one cause.
 * Each matches its name; none matches a word within another, as in `adapter` or `outage`. A log without any of the `hints`, in small letters, need not be
 * looked at line by line: that is most of the cost.
 */
export const machineForms: readonly { readonly name: string; readonly hints: readonly string[]; readonly form: RegExp }[] = [
  {
    name: 'No space left on device',
    hints: ['no space left', 'enospc', 'enough free'],
    form: /\bno space left on device\b|\bENOSPC\b|\benough free (?:disk )?space\b/i,
  },
  { name: 'Disk quota exceeded', hints: ['quota exceeded', 'edquot'], form: /\bdisk quota exceeded\b|\bEDQUOT\b/i },
  { name: 'Read-only file system', hints: ['read-only file', 'erofs'], form: /\bread-only file ?system\b|\bEROFS\b/i },
  { name: 'Input/output error', hints: ['input/output error'], form: /\binput\/output error\b/i },
  // Whoever holds it: the two lines that apt says of it are one cause.
  {
    name: 'E: Could not get lock',
    hints: ['e: could not get lock', 'e: unable to '],
    form: /^E: (?:could not get lock|unable to acquire the dpkg|unable to lock (?:the|directory))/i,
  },
  { name: 'Too many open files', hints: ['too many open files', 'emfile'], form: /\btoo many open files\b|\bEMFILE\b/i },
  { name: 'JavaScript heap out of memory', hints: ['heap'], form: /\bheap out of memory\b|\breached heap limit\b/i },
  {
    name: 'Out of memory',
    hints: ['out of memory', 'cannot allocate', 'memory exhausted', 'oom-kill', 'bad_alloc', 'enomem', 'memoryerror'],
    form: /\bout of memory\b|\bcannot allocate memory\b|\bmemory exhausted\b|\boom-kill|\bstd::bad_alloc\b|\bENOMEM\b|^MemoryError\b/i,
  },
  // Matches `Killed` and `x.sh: line 3: 812 Killed  npm ci`; must not match `Killed old containers`.
  {
    name: 'Killed',
    hints: ['killed', 'signal: 9', 'sigkill'],
    form: /^killed$|\bline \d+: +\d+ killed\b|\bsignal: killed\b|\bsignal: 9\b|\bSIGKILL\b/i,
  },
  {
    name: 'Segmentation fault',
    hints: ['segmentation fault', 'sigsegv', 'segfault'],
    form: /\bsegmentation fault\b|\bSIGSEGV\b|\bsegfault at\b/i,
  },
  { name: 'Illegal instruction', hints: ['illegal instruction', 'sigill'], form: /\billegal instruction\b|\bSIGILL\b/i },
  { name: 'Bus error', hints: ['bus error', 'sigbus'], form: /(?:^|\d +)bus error\b|\bSIGBUS\b/i },
  {
    name: 'Temporary failure resolving',
    hints: ['temporary failure', 'eai_again'],
    form: /\btemporary failure (?:resolving|in name resolution)\b|\bEAI_AGAIN\b/i,
  },
  {
    name: 'Could not resolve host',
    hints: ['resolve host', 'enotfound', 'name or service not known'],
    form: /\b(?:could not|couldn't) resolve host\b|\bENOTFOUND\b|\bname or service not known\b|\bunable to resolve host address\b/i,
  },
]

/** What each form below has in it, in small letters. Matches `x: y` and `unable to`; must not match `Setting up libc6 (2.36) ...`. */
export const suspect = /: |error|err_|fail|unable|lock|verification|could not|no solution|already|storage '|does not|is not/

/** The program that is missing. Matches `x.sh: line 3: docker: command not found` and `/bin/sh: 1: docker: not found`; must not match `Package x: version not found`. */
export const notFoundForm = /(?:^|[:\s]\s*)([\w.+-]{1,40}): (?:command not found|not found|inaccessible or not found)$/i

/** Lines that only say that something before them failed. They count where no other does. */
export const summaryForms: readonly RegExp[] = [
  /^E: (?:Sub-process |Some (?:index files|packages) |Unable to fetch some |Problem executing |Couldn't find any package by |Aborting install)/i,
  /^tar: (?:Exiting with|Error is not recoverable|Error exit delayed|Child returned)/i,
  /^g?make(?:\[\d+\])?: \*\*\* (?!No rule to make)/i,
  /^npm (?:error|ERR!) (?!code \S|Missing script)/i,
  /^error: (?:could not compile|aborting due to|failed to compile|subprocess-exited|metadata-generation|build failed|process )/i,
  /^ERROR: (?:Failed building wheel|Could not build wheels|Failed to build |Command errored|Service .+ failed to build)/i,
  /^(?:error )?Command failed\b/i,
  /^(?:collect2|ninja|cc1(?:plus)?|lerna ERR!): ?/i,
  /^(?:ELIFECYCLE|error during build:?$)/i,
]

/** Programs of which each line that begins with their name and a colon is an error of theirs. */
const plainPrograms = [
  ...['cp', 'mv', 'rm', 'mkdir', 'rmdir', 'ln', 'ls', 'cat', 'chmod', 'chown', 'chgrp', 'install', 'touch', 'stat', 'dd', 'truncate'],
  ...['sed', 'awk', 'grep', 'find', 'sort', 'tee', 'env', 'su', 'sudo', 'mount', 'umount', 'useradd', 'usermod', 'groupadd', 'adduser'],
  ...['tar', 'gzip', 'gunzip', 'bzip2', 'xz', 'unzip', 'zstd', 'cpio', 'wget', 'rsync', 'ssh', 'scp', 'gpg', 'openssl', 'jq', 'yq'],
  ...[
    'docker',
    'podman',
    'pct',
    'qm',
    'pvesm',
    'pveam',
    'pvesh',
    'lvcreate',
    'lvremove',
    'vgs',
    'zfs',
    'zpool',
    'losetup',
    'update-rc\\.d',
  ],
  ...['psql', 'createdb', 'createuser', 'pg_ctl', 'mysql', 'mysqladmin', 'mariadb', 'mongosh', 'redis-cli', 'systemctl', 'ip', 'iptables'],
  ...['go', 'cmake', 'ld', 'gcc', 'g\\+\\+', 'cc', 'clang', 'configure', 'dpkg-deb', 'dpkg-divert', 'dpkg-query', 'apk', 'dnf', 'yum'],
]

/** What the system answered to a program that need not be in the list. */
const systemAnswers = [
  ...['permission denied', 'no such file or directory', 'operation not permitted', 'file exists', 'is a directory', 'not a directory'],
  ...['device or resource busy', 'text file busy', 'exec format error', 'invalid argument', 'address already in use'],
  ...['connection refused', 'connection timed out', 'connection reset by peer', 'network is unreachable', 'no route to host'],
]

/** A line in which a program says what was wrong, by how it begins. */
export const programForms: readonly RegExp[] = [
  /^E: \S/, // apt. Must not match `W: `.
  /^dpkg: (?:error|unrecoverable|dependency problems|conflicting)/i,
  new RegExp(`^(?:\\S*/)?(?:${plainPrograms.join('|')}): (?!warning|note)\\S`),
  /^npm (?:error|ERR!) (?:code \S|Missing script)/i,
  /^(?:ERR_PNPM_\w+|YN\d{4}:|error An unexpected error)/i,
  /^curl: \(\d{1,3}\)/,
  /^ERROR \d{3}: /, // wget, behind its time.
  /^(?:fatal|error)(?:\[E\d{4}\])?: \S/, // git, cargo and rustc, uv, make's tools.
  /^(?:ERROR|FATAL|Fatal error|fatal error|PHP (?:Fatal|Parse) error): +\S/, // pip, apk, PostgreSQL, PHP.
  /^ERROR \d{4} \(/, // MariaDB.
  /^Error response from daemon: /i,
  /^(?:failed to solve: |Cannot connect to the Docker daemon)/i,
  // An exception: matches `ModuleNotFoundError: …`, `Error: …`, `java.lang.IllegalStateException: …`; must not match `Errors: 0`.
  /^(?:Uncaught |Caused by: |Exception in thread "[^"]{1,60}" )?(?:[A-Za-z_$][\w$]{0,80}[.:]{1,2}){0,8}[A-Za-z_]{0,60}(?:Error|Exception)(?: \[\w+\])?: \S/,
  // A compiler: matches `src/a.c:12:3: fatal error: …`, `a.ts(3,4): error TS2322: …`, `./main.go:3:4: undefined: x`; must not match `a.c:12: warning: x`.
  /^[^\s:]{1,200}(?::\d+(?::\d+)?|\(\d+,\d+\)): (?:fatal )?error\b/i,
  /^[^\s:]{1,200}\.go:\d+:\d+: \S/,
  /^CMake Error\b/,
  /^g?make(?:\[\d+\])?: \*\*\* No rule to make/i,
  // The shell: matches `x.sh: line 3: FOO: unbound variable`; must not match `on line 3: x`.
  /^\S{1,200}: line \d+: (?!warning)\S/,
  /^(?:Job for \S+ failed|Failed to \S)/,
  /^(?:unable to |can't lock file|(?:CT|VM) \d+ (?:already|not|is not|does not)|storage '[^']{1,80}' (?:does|is)|command '[^']{1,200}' failed|startup for container)/, // Proxmox VE.
  /^\d{3} Parameter verification failed/,
  /^lxc-\w+: (?!warn)/,
  /^(?:No solution found when resolving|Your requirements could not be resolved)/, // uv, Composer.
  new RegExp(`^[\\w./+-]{1,80}: .{1,300}: (?:${systemAnswers.join('|')})\\.?$`, 'i'),
]

/** Which script and line a shell speaks of. Matches `/opt/x.sh: line 12: ` in front. */
export const shellPlace = /^\S{1,200}: line \d+: /
