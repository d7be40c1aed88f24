/** Answers what `isOne` does, and remembers it of up to `wordsMax` words, since texts say the same ones again and again; emptied when it is full. */
export function rememberWords(isOne: (folded: string) => boolean, wordsMax: number): (folded: string) => boolean {
  const words = new Map<string, boolean>()
  return (folded) => {
    let answer = words.get(folded)
    if (answer === undefined) {
      if (words.size >= wordsMax) words.clear()
      answer = isOne(folded)
      words.set(folded, answer)
    }
    return answer
  }
}
