/** The waiting of one loop, which can be woken and ended from outside. A wake while nobody waits is remembered. */
export class Pause {
  #isWoken = false
  #isEnded = false
  #resume: { readonly byWake: boolean; readonly resolve: () => void } | undefined

  get isEnded(): boolean {
    return this.#isEnded
  }

  /** Waits `ms`, or until the end. */
  sleep(ms: number): Promise<void> {
    return this.#wait(ms, false)
  }

  /** Waits until woken, at most `ms`, or until the end. */
  async untilWoken(ms: number): Promise<void> {
    if (!this.#isWoken) await this.#wait(ms, true)
    this.#isWoken = false
  }

  wake(): void {
    this.#isWoken = true
    if (this.#resume?.byWake) this.#resume.resolve()
  }

  /** Ends the present wait and every later one. */
  end(): void {
    this.#isEnded = true
    this.#resume?.resolve()
  }

  async #wait(ms: number, byWake: boolean): Promise<void> {
    if (this.#isEnded) return
    let timer: ReturnType<typeof setTimeout> | undefined
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms)
      this.#resume = { byWake, resolve }
    })
    clearTimeout(timer)
    this.#resume = undefined
  }
}
