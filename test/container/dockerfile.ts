/** One instruction of a Dockerfile: its word in capitals and the rest, continued lines joined. */
export type Instruction = { readonly word: string; readonly rest: string }

/** A stage: what it starts from, its name and what it does after that. */
export type Stage = { readonly base: string; readonly name: string; readonly instructions: readonly Instruction[] }

/** Reads a Dockerfile into its stages, in order. */
export function readStages(text: string): readonly Stage[] {
  const joined = text.replace(/^\s*#.*\n/gm, '').replace(/\\\n\s*/g, '')
  const instructions = joined
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => ({ word: line.split(' ')[0]?.toUpperCase() ?? '', rest: line.slice(line.indexOf(' ') + 1).trim() }))

  const stages: { base: string; name: string; instructions: Instruction[] }[] = []
  for (const instruction of instructions) {
    if (instruction.word !== 'FROM') {
      stages.at(-1)?.instructions.push(instruction)
      continue
    }
    const [base = '', name = ''] = instruction.rest.replace(/^--platform=\S+ /, '').split(/ AS /i)
    stages.push({ base, name, instructions: [] })
  }
  return stages
}

/** The rest of the last instruction with this word in a stage, or undefined. */
export function lastOf(stage: Stage | undefined, word: string): string | undefined {
  return stage?.instructions.filter((instruction) => instruction.word === word).at(-1)?.rest
}
