/** Failures as logs show them: the name of the cause, and the end of a log with slots (`fingerprint-variant.ts`) for what differs from run to run. */
export const failures: readonly (readonly [cause: string, log: string])[] = [
  [
    'E: Unable to locate package <pkg>',
    "Reading package lists...\nE: Unable to locate package php{version}\nE: Couldn't find any package by glob 'php{version}'",
  ],
  [
    'No space left on device',
    'dpkg: error processing archive {path} (--unpack):\n failed to write (No space left on device)\nE: Sub-process /usr/bin/dpkg returned an error code (1)',
  ],
  [
    'Temporary failure resolving',
    "Err:{n} {url} bookworm InRelease\n  Temporary failure resolving 'packages.example.org'\nE: Unable to locate package curl",
  ],
  [
    "E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to …",
    "E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem.",
  ],
  [
    'E: Could not get lock',
    'E: Could not get lock {path}. It is held by process {id} (apt)\nE: Unable to acquire the dpkg frontend lock ({path}), is another process using it?',
  ],
  [
    'E: Failed to fetch <url> <n> Not Found [IP: <ip> <n>]',
    'E: Failed to fetch {url}  404  Not Found [IP: 151.101.2.132 80]\nE: Unable to fetch some archives, maybe run apt-get update',
  ],
  [
    'dpkg: error processing package <pkg> (--configure):',
    'dpkg: error processing package nginx (--configure):\n installed nginx package post-installation script subprocess returned error exit status 1\nE: Sub-process /usr/bin/dpkg returned an error code (1)',
  ],
  [
    'npm error code ERESOLVE',
    'npm warn deprecated x@{version}\nnpm error code ERESOLVE\nnpm error ERESOLVE unable to resolve dependency tree\nnpm error A complete log of this run can be found in: {path}',
  ],
  ['npm error code E404', 'npm error code E404\nnpm error 404 Not Found - GET {url}'],
  [
    'tar: <path>: Cannot open: Permission denied',
    'tar: {path}: Cannot open: Permission denied\ntar: Exiting with failure status due to previous errors',
  ],
  [
    'curl: (22) The requested URL returned error: 404',
    'curl: (28) Operation timed out after {n} milliseconds\ncurl: (22) The requested URL returned error: 404',
  ],
  [
    'curl: (28) Operation timed out after <n> with <n> out of <n> received',
    'curl: (28) Operation timed out after {line} milliseconds with {line} out of {line} bytes received',
  ],
  ['Segmentation fault', '{path}: line {line}: {line} Segmentation fault      (core dumped) {folder}'],
  ['Killed', '{path}: line {line}: {line} Killed                  npm run build'],
  [
    'JavaScript heap out of memory',
    '<--- Last few GCs --->\nFATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
  ],
  [
    "ModuleNotFoundError: No module named '<name>'",
    'Traceback (most recent call last):\n  File "{path}", line {line}, in <module>\nModuleNotFoundError: No module named {name}',
  ],
  [
    'docker: Error response from daemon: manifest for <path> not found: …',
    "docker: Error response from daemon: manifest for app/web:{version} not found: manifest unknown.\nSee 'docker run --help'.",
  ],
  ['docker: command not found', '{path}: line {line}: docker: command not found'],
  ['jq: command not found', '{path}: line {line}: jq: command not found'],
  [
    'fatal: unable to access <url>: The requested URL returned error: 503',
    'Cloning into {name}...\nfatal: unable to access {url}: The requested URL returned error: 503',
  ],
  [
    "error: linker '<name>' not found",
    '   Compiling serde v{version}\nerror: linker `cc` not found\nerror: could not compile `app` (lib) due to {line} previous errors',
  ],
  [
    'go: cannot find main module, but found <path> in <path>',
    'go: downloading {url} v{version}\ngo: cannot find main module, but found .git/config in {path}',
  ],
  ['make: *** [<id>: all] Error 2', 'make: *** [Makefile:{line}: all] Error 2'],
  ["CT <n> already exists on node '<name>'", 'CT {line} already exists on node {name}'],
]
