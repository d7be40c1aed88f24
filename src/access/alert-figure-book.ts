import type { Database } from 'bun:sqlite'
import { dayMs } from '../base/clock.ts'
import { prepare, slot } from '../base/sql.ts'
import { accessSql } from './database.ts'

export type KeptFigure = { readonly kind: string; readonly at: number; readonly value: number }

/** What the rules saw of the machine, which nobody can count again later. */
export type AlertFigureBook = {
  /** Keeps what one round saw; of a quarter of an hour the last one stays. What is older than `figureDays` goes, and so does what lies ahead of the clock. */
  keep(figures: readonly Omit<KeptFigure, 'at'>[], now: number): void
  /** The figures of a kind, oldest first. */
  list(kind: string): readonly KeptFigure[]
}

/** How long they are kept: of four kinds 11,520 rows at most. */
export const figureDays = 30
/** Two figures of a kind lie at least so far apart. */
export const figureStepMs = 15 * 60_000
const keptMs = figureDays * dayMs

/** The figures in `access.db`. */
export function openAlertFigureBook(database: Database): AlertFigureBook {
  const figures = accessSql.selectFrom('alert_figure')
  const put = prepare(
    database,
    accessSql
      .insertInto('alert_figure')
      .values({ kind: slot(0), at: slot(1), value: slot(2) })
      .onConflict((conflict) => conflict.columns(['kind', 'at']).doUpdateSet((figure) => ({ value: figure.ref('excluded.value') }))),
  )
  const trim = prepare(
    database,
    accessSql.deleteFrom('alert_figure').where((figure) => figure.or([figure('at', '<', slot(0)), figure('at', '>', slot(1))])), // A walk through a bounded table.
  )
  const list = prepare<KeptFigure>(database, figures.selectAll().where('kind', '=', slot(0)).orderBy('at')) // Primary key.

  const keep: AlertFigureBook['keep'] = (seen, now) => {
    database
      .transaction(() => {
        const at = now - (now % figureStepMs)
        for (const { kind, value } of seen) put.run(kind, at, value)
        trim.run(now - keptMs, now)
      })
      .immediate()
  }

  return { keep, list: (kind) => list.all(kind) }
}
