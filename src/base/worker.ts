export type WorkerOptions = {
  /** Its garbage may grow to tens of megabytes before it is collected: for threads that mostly rest, and then must be fast. */
  readonly isLarge?: boolean | undefined
}

/**
 * Starts one of our worker threads by its path below `src/`, without the ending (`journal/worker`).
 * A compiled binary finds workers by their path relative to its own root; from source the file lies beside us.
 */
export function startWorker(path: string, { isLarge = false }: WorkerOptions = {}): Worker {
  const isCompiled = Bun.main.startsWith('/$bunfs/')
  return new Worker(isCompiled ? `./${path}.ts` : new URL(`../${path}.ts`, import.meta.url).href, { smol: !isLarge })
}
