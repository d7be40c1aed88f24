import type { Command } from 'commander'
import { systemClock } from '../../src/base/clock.ts'
import { buildProgram } from '../../src/cli/program.ts'

/** The commands as they are declared; none of them can be run. */
export function allCommands(): Command {
  const refuse = () => {
    throw new Error('no command runs here')
  }
  return buildProgram(
    {
      env: {},
      clock: systemClock,
      isTerminal: false,
      printsToTerminal: false,
      asksPerson: false,
      print: refuse,
      printAll: refuse,
      readInput: refuse,
      tell: refuse,
      askLine: refuse,
      standBack: refuse,
      loadService: refuse,
    },
    refuse,
  )
}
