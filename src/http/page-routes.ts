import { apiPageRoute } from './page/api-docs.ts'
import { errorPageRoutes } from './page/error.ts'
import { errorsPageRoute } from './page/errors.ts'
import { overviewPageRoute } from './page/overview.ts'
import type { PageParts } from './page/parts.ts'
import { recordPageRoute } from './page/record.ts'
import { recordsPageRoute } from './page/records.ts'
import { scriptPageRoute } from './page/script.ts'
import { scriptsPageRoute } from './page/scripts.ts'
import { systemPageRoute } from './page/system.ts'
import type { Route } from './server.ts'
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
