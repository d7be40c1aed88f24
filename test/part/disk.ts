import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { DiskEvent } from './disk-trace.ts'

type Change = Extract<DiskEvent, { kind: 'write' | 'truncate' }> & { readonly index: number }
type File = { readonly durable: Content; pending: Change[] }
type NameChange = { readonly path: string; readonly file: File | undefined }

/** Which of the changes that no sync covers reach the disk all the same. The kernel may write any of them back, in any order. */
export type Survival = () => boolean

/**
 * The disk as a power loss leaves it: what a returned sync covered is there; of the rest, file contents survive change by change as chance has it,
 * names in their order up to some point (a file system's own log keeps that order).
 */
export class Disk {
  readonly #names = new Map<string, File>()
  readonly #durableNames = new Map<string, File>()
  #nameChanges: NameChange[] = []
  #index = 0

  /** Begins with the files of a folder, all of them durable. */
  constructor(folder: string) {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name)
      if (!statSync(path).isFile() || name.endsWith('-shm')) continue
      const file = { durable: new Content(readFileSync(path)), pending: [] }
      this.#names.set(path, file)
      this.#durableNames.set(path, file)
    }
  }

  apply(event: DiskEvent): void {
    const index = this.#index++
    if (event.kind === 'create') this.#create(event.path)
    else if (event.kind === 'unlink') this.#rename(event.path, undefined)
    else if (event.kind === 'write' || event.kind === 'truncate') this.#names.get(event.path)?.pending.push({ ...event, index })
    else if (event.kind === 'sync') this.#sync(event.path, event.from)
  }

  /** Lays the files down in another folder. */
  writeTo(folder: string, survives: Survival): void {
    mkdirSync(folder, { recursive: true })
    const names = new Map(this.#durableNames)
    for (const { path, file } of this.#nameChanges) {
      if (!survives()) break
      if (file === undefined) names.delete(path)
      else names.set(path, file)
    }
    for (const [path, { durable, pending }] of names) {
      writeFileSync(join(folder, basename(path)), new Content(durable.bytes).apply(pending.filter(survives)).bytes)
    }
  }

  #create(path: string): void {
    if (!this.#names.has(path)) this.#rename(path, { durable: new Content(new Uint8Array()), pending: [] })
  }

  #rename(path: string, file: File | undefined): void {
    if (file === undefined) this.#names.delete(path)
    else this.#names.set(path, file)
    this.#nameChanges.push({ path, file })
  }

  #sync(path: string, from: number): void {
    const file = this.#names.get(path)
    if (file === undefined) {
      this.#syncNames(path)
      return
    }
    file.durable.apply(file.pending.filter(({ index }) => index < from))
    file.pending = file.pending.filter(({ index }) => index >= from)
  }

  #syncNames(folder: string): void {
    for (const { path, file } of this.#nameChanges.filter(({ path }) => dirname(path) === folder)) {
      if (file === undefined) this.#durableNames.delete(path)
      else this.#durableNames.set(path, file)
    }
    this.#nameChanges = []
  }
}

/** Bytes that grow and shrink in place. */
class Content {
  #bytes: Buffer
  #size: number

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes)
    this.#size = bytes.length
  }

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#size)
  }

  apply(changes: readonly Change[]): this {
    for (const change of changes) {
      if (change.kind === 'truncate') this.#resize(change.size)
      else {
        this.#resize(Math.max(this.#size, change.offset + change.data.length))
        change.data.copy(this.#bytes, change.offset)
      }
    }
    return this
  }

  #resize(size: number): void {
    if (size > this.#bytes.length) this.#bytes = Buffer.concat([this.bytes, Buffer.alloc(2 * size - this.#size)])
    this.#bytes.fill(0, this.#size, Math.max(this.#size, size))
    this.#size = size
  }
}
