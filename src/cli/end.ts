import type { ExitCode } from './context.ts'

/** How a command says with what exit code the process shall end. */
export type End = (code: ExitCode) => void
