import ts from 'typescript'
import { place, type Source, walk } from './source.ts'

export const functionLinesMax = 70

/** Functions longer than the limit. A function declared inside another counts for itself, with the comment above it. */
export function findLongFunctions(source: Source): readonly string[] {
  const found: string[] = []
  walk(source, (node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) return
    const lines = linesOf(source, node, node.getStart(source.tree)) - innerLines(source, node)
    if (lines > functionLinesMax) found.push(`${place(source, node)} has a function of ${lines} lines`)
  })
  return found
}

function linesOf(source: Source, node: ts.Node, start: number): number {
  const first = source.tree.getLineAndCharacterOfPosition(start).line
  return source.tree.getLineAndCharacterOfPosition(node.end).line - first + 1
}

function innerLines(source: Source, outer: ts.Node): number {
  let lines = 0
  const step = (node: ts.Node): void => {
    if (ts.isFunctionDeclaration(node)) lines += linesOf(source, node, node.getFullStart() + 1)
    else ts.forEachChild(node, step)
  }
  ts.forEachChild(outer, step)
  return lines
}

/** Exported functions and classes without a comment that says what they promise. */
export function findUndocumented(source: Source): readonly string[] {
  return source.tree.statements.flatMap((statement) => {
    const isPublic = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(isExport)
    if (!isPublic || !(ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))) return []
    const hasComment = ts.getJSDocCommentsAndTags(statement).length > 0
    return hasComment ? [] : [`${place(source, statement)} ${statement.name?.text ?? 'default export'} has no docstring`]
  })
}

/** Whether a file says something at run time; one that holds types alone has nothing that a test could call. */
export function hasValues(source: Source): boolean {
  return source.tree.statements.some(
    (statement) =>
      !ts.isTypeAliasDeclaration(statement) &&
      !ts.isInterfaceDeclaration(statement) &&
      !ts.isImportDeclaration(statement) &&
      !(ts.isExportDeclaration(statement) && statement.isTypeOnly),
  )
}

function isExport(modifier: ts.ModifierLike): boolean {
  return modifier.kind === ts.SyntaxKind.ExportKeyword
}
