import type { Route } from '../route.ts'
import { apiPageRoute } from './api-docs.ts'
import { errorPageRoutes } from './error.ts'
import { errorsPageRoute } from './errors.ts'
import { overviewPageRoute } from './overview.ts'
import type { PageParts } from './parts.ts'
import { recordPageRoute } from './record.ts'
import { recordsPageRoute } from './records.ts'
import { scriptPageRoute } from './script.ts'
import { scriptsPageRoute } from './scripts.ts'
import { systemPageRoute } from './system.ts'
import { themeRoute } from './theme.ts'

/** Every page of the dashboard, and the switch of their theme. */
export function pageRoutes(parts: PageParts): readonly Route[] {
  return [
    overviewPageRoute(parts),
    scriptsPageRoute(parts),
    scriptPageRoute(parts),
    errorsPageRoute(parts),
    ...errorPageRoutes(parts),
    recordsPageRoute(parts),
    recordPageRoute(parts),
    systemPageRoute(parts),
    apiPageRoute(parts),
    themeRoute(parts.identity),
  ]
}
