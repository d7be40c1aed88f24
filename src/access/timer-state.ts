import type { Database } from 'bun:sqlite'
import { prepare, slot } from '../base/sql.ts'
import { accessSql, type TimerRow } from './database.ts'

/** What is remembered of a timer over restarts. Times are milliseconds since 1970 UTC. */
export type TimerState = {
  readonly name: string
  readonly beganAt: number
  readonly tookMs: number
  readonly result: 'running' | 'done' | 'failed'
  readonly changed: number
  readonly dueAt: number
  /** When the last run ended that was done, 0 before the first one, and how many runs have failed since. */
  readonly doneAt: number
  readonly failedRuns: number
}

export type TimerStates = {
  find(name: string): TimerState | undefined
  /** On disk when this returns. */
  put(state: TimerState): void
}

/** The states in `access.db`. */
export function openTimerStates(database: Database): TimerStates {
  const row = {
    name: slot(0),
    began_at: slot(1),
    took_ms: slot(2),
    result: slot(3),
    changed: slot(4),
    due_at: slot(5),
    done_at: slot(6),
    failed_runs: slot(7),
  }
  const find = prepare<TimerRow>(database, accessSql.selectFrom('timer').selectAll().where('name', '=', slot(0))) // Primary key.
  const put = prepare(
    database,
    accessSql
      .insertInto('timer')
      .values(row)
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet((timer) => ({
          began_at: timer.ref('excluded.began_at'),
          took_ms: timer.ref('excluded.took_ms'),
          result: timer.ref('excluded.result'),
          changed: timer.ref('excluded.changed'),
          due_at: timer.ref('excluded.due_at'),
          done_at: timer.ref('excluded.done_at'),
          failed_runs: timer.ref('excluded.failed_runs'),
        })),
      ),
  )
  return {
    find: (name) => {
      const found = find.first(name)
      if (found === undefined) return undefined
      const { began_at, took_ms, result, changed, due_at, done_at, failed_runs } = found
      return { name, beganAt: began_at, tookMs: took_ms, result, changed, dueAt: due_at, doneAt: done_at, failedRuns: failed_runs }
    },
    put: ({ name, beganAt, tookMs, result, changed, dueAt, doneAt, failedRuns }) => {
      put.run(name, beganAt, tookMs, result, changed, dueAt, doneAt, failedRuns)
    },
  }
}
