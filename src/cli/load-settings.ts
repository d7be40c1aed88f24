import { type Config, readSettings } from '../config.ts'
import type { Context } from './context.ts'

/** Reads the settings, tells warnings and faults. Undefined when one is invalid: the command ends with exit code 2. */
export function loadConfig(context: Context): Config | undefined {
  const config = readSettings(context.env)
  if (!config.ok) {
    for (const fault of config.fault) context.tell(`error: ${fault.message}\n`)
    return undefined
  }
  for (const warning of config.value.warnings) context.tell(`warning: ${warning}\n`)
  return config.value
}
