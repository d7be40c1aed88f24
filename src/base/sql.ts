import type { Database, SQLQueryBindings, Statement } from 'bun:sqlite'
import { type Compilable, DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import { assert } from './assert.ts'

/** A builder that only writes SQL. It holds no connection: what it compiles is prepared and run by the database itself. */
export function sqlBuilder<Tables>(): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (database) => new SqliteIntrospector(database),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
}

export type SqlValue = string | number | Uint8Array | null

/** Stands in a query for a value that is bound at each run. */
class Slot {
  readonly index: number
  constructor(index: number) {
    this.index = index
  }
}

/** A place for the `index`-th value (from 0) of each run. It never is a value itself, so its type fits wherever the builder takes one. */
export function slot(index: number): never {
  return new Slot(index) as never
}

/** SQL compiled and prepared once, run often. Values are given in the order of their slots. */
export type Prepared<Row> = {
  /** Gives the number of changed rows. */
  run(...values: readonly SqlValue[]): number
  /** Gives the rowid of the new row. */
  insert(...values: readonly SqlValue[]): number
  /** The first row, as an object; undefined when there is none. */
  first(...values: readonly SqlValue[]): Row | undefined
  all(...values: readonly SqlValue[]): readonly Row[]
  /** Rows as arrays in the order of the selected columns: the fast way. */
  arrays(...values: readonly SqlValue[]): readonly (readonly SqlValue[])[]
}

/** Whether statements are prepared at once, as whoever looks at the plan of every one of them needs it. */
export const preparing = { isAtOnce: false }

/**
 * A query to be run on `database`, compiled and prepared when it is first run: a thread that starts for one page needs few of all. Slots are numbered
 * without gaps and may stand in any order.
 */
export function prepare<Row>(database: Database, query: Compilable<Row>): Prepared<Row> {
  let made = preparing.isAtOnce ? make(database, query) : undefined
  const use = () => {
    made ??= make(database, query)
    return made
  }
  return {
    run: (...values) => {
      const { statement, bind } = use()
      return statement.run(bind(values)).changes
    },
    insert: (...values) => {
      const { statement, bind } = use()
      return Number(statement.run(bind(values)).lastInsertRowid)
    },
    first: (...values) => {
      const { statement, bind } = use()
      return statement.get(bind(values)) ?? undefined
    },
    all: (...values) => {
      const { statement, bind } = use()
      return statement.all(bind(values))
    },
    arrays: (...values) => {
      const { statement, bind } = use()
      return statement.values(bind(values)) as SqlValue[][]
    },
  }
}

type Made<Row> = { readonly statement: Statement<Row, Bound>; readonly bind: (values: readonly SqlValue[]) => Bound[0] }

function make<Row>(database: Database, query: Compilable<Row>): Made<Row> {
  const { sql, parameters } = query.compile()
  return { statement: database.prepare<Row, Bound>(sql), bind: binderOf(parameters) }
}

/** All values as one array, which Bun takes as it is: spread out, the fifty of a run are copied twice. Its types know only the other way. */
type Bound = [SQLQueryBindings]

/** Runs a query whose values stand in it, for queries that differ from call to call. */
export function runQuery<Row>(database: Database, query: Compilable<Row>): readonly Row[] {
  const { sql, parameters } = query.compile()
  return database.query<Row, SQLQueryBindings[]>(sql).all(...(parameters as SqlValue[]))
}

function binderOf(parameters: readonly unknown[]): (values: readonly SqlValue[]) => Bound[0] {
  const indexes = parameters.map((parameter) => (parameter instanceof Slot ? parameter.index : noSlot))
  const count = Math.max(noSlot, ...indexes) + 1
  const isPlain = count === parameters.length && indexes.every((index, place) => index === place)
  return (values) => {
    assert(values.length === count, 'a statement gets one value for each slot')
    const bound = isPlain ? values : indexes.map((index, place) => (index === noSlot ? parameters[place] : values[index]))
    return bound as unknown as Bound[0]
  }
}

const noSlot = -1
