import { earlierDashboardRoute } from './earlier/dashboard.ts'
import { earlierErrorsRoute } from './earlier/errors.ts'
import { earlierListRoutes } from './earlier/lists.ts'
import { type RecordsParts, recordsRoutes } from './earlier/records.ts'
import { earlierScriptsRoute } from './earlier/scripts.ts'
import { type ExportParts, exportRoute } from './export/export.ts'
import { openApiRoute } from './openapi/route.ts'
import type { Route } from './route.ts'
import { errorsRoutes } from './v1/errors.ts'
import { overviewRoute } from './v1/overview.ts'
import { runsRoutes } from './v1/runs.ts'
import { scriptsRoutes } from './v1/scripts.ts'

/** Every API that answers from the store, the exports, and the document that describes them all. */
export function apiRoutes(parts: ExportParts & RecordsParts): readonly Route[] {
  return [
    ...recordsRoutes(parts),
    earlierDashboardRoute(parts),
    earlierScriptsRoute(parts),
    earlierErrorsRoute(parts),
    ...earlierListRoutes(parts),
    overviewRoute(parts),
    ...scriptsRoutes(parts),
    ...errorsRoutes(parts),
    ...runsRoutes(parts),
    exportRoute(parts),
    openApiRoute(),
  ]
}
