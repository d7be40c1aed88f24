import type { ErrorStates } from '../../access/error-state.ts'
import type { Issues } from '../../issue/issues.ts'
import type { SendCardView } from '../../page/part/send-card.tsx'
import type { RecordsParts } from '../earlier/records.ts'
import type { ExportParts } from '../export/export.ts'
import type { FormParts } from '../guard/form.ts'
import type { Identity } from '../guard/identity.ts'
import type { AsyncReader } from '../question/analyst.ts'
import type { PageLane } from './page-lane.ts'
import type { ServiceState } from './service-state.ts'
import type { SystemState } from './system-state.ts'

/** What the pages of the dashboard are made with. */
export type PageParts = Omit<ExportParts, 'reader'> &
  Omit<RecordsParts, 'reader'> &
  FormParts & {
    readonly reader: AsyncReader
    /** When a page is made while events come in. */
    readonly lane: Pick<PageLane, 'waitMs' | 'wrote'>
    readonly identity: Pick<Identity, 'isSecure'>
    readonly errorStates: ErrorStates
    readonly issues: Issues
    /** Where issues are opened, as owner and name. */
    readonly issueRepository: string
    /** How the parts of the service are at this moment. */
    readonly serviceState: () => Promise<ServiceState>
    readonly systemState: (tenant: string) => Promise<SystemState>
    /** How a first event is sent, and how many came. */
    readonly sendCard: () => SendCardView
    /** What a user or a key of the audit is called, as far as it is still there. */
    readonly nameOf: (actor: string) => string
  }
