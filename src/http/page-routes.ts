import { overviewPageRoute } from './page/overview.ts'
import type { PageParts } from './page/parts.ts'
import type { Route } from './server.ts'
import { themeRoute } from './theme.ts'

/** Every page of the dashboard, and the switch of their theme. */
export function pageRoutes(parts: PageParts): readonly Route[] {
  return [overviewPageRoute(parts), themeRoute(parts.identity)]
}
