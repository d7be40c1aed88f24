import type { CreateCompanions } from './companion.ts'
import type { ConsumerSettings } from './consumer-thread.ts'

/** The one place that says what runs beside the runner. */
export const createCompanions: CreateCompanions<ConsumerSettings> = () => []
