import { createSeats, type Seat, type Seats } from '../../base/seat.ts'

/** Exports that run at a time. Each asks the store's reading thread for page after page, on which everybody else's pages wait as well. */
export const exportsMax = 4
/** An export of which nobody takes a piece for so long, in milliseconds, is given up: a client that stands still shall not keep the others out for good. */
export const untakenMs = 300_000

/** The places of the exports of one service. None waits for a place: its client is told to come again. */
export function createExportSeats(): Seats {
  return createSeats(exportsMax, 0)
}

/** Sends pieces, each asked for when the last one was taken and none ahead. The seat is left at the end, whichever it is. */
export function streamPieces(
  pieces: AsyncGenerator<string, void, undefined>,
  seat: Seat,
  givenUpMs = untakenMs,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false

  function end(): void {
    clearTimeout(timer)
    if (!isOver) seat.leave()
    isOver = true
  }

  function watch(controller: ReadableStreamDefaultController<Uint8Array>): void {
    timer = setTimeout(() => {
      end()
      controller.error(new Error('nobody takes the export')) // Cuts the connection: half a list never looks like a whole one.
      void pieces.return()
    }, givenUpMs)
  }

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    clearTimeout(timer)
    const { done, value } = await pieces.next()
    if (isOver) return
    if (done) {
      end()
      controller.close()
    } else {
      controller.enqueue(encoder.encode(value))
      watch(controller)
    }
  }

  return new ReadableStream<Uint8Array>(
    {
      start: watch,
      pull: (controller) =>
        pull(controller).catch((fault: unknown) => {
          end()
          throw fault
        }),
      cancel: async () => {
        end()
        await pieces.return()
      },
    },
    { highWaterMark: 0 },
  )
}
