import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'

export const root = join(import.meta.dir, '..', '..')

/** One of our TypeScript files: its path from the root, its text and its syntax tree. */
export type Source = { readonly path: string; readonly text: string; readonly tree: ts.SourceFile }

export type Imported = { readonly specifier: string; readonly isTypeOnly: boolean; readonly line: number }

/** Files in git's sight, also those not committed yet, but nothing that is ignored or was removed. */
export function listFiles(): readonly string[] {
  const run = Bun.spawnSync(['git', 'ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root })
  if (run.exitCode === 0) return run.stdout.toString().trim().split('\n').filter(isPresent).sort()
  return [...new Bun.Glob('{src,test,migration,bench,script,docs,.github,.ci,client}/**/*').scanSync({ cwd: root, dot: true })].sort()
}

function isPresent(path: string): boolean {
  return Bun.file(join(root, path)).size > 0
}

export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** Every TypeScript file below one of the folders, parsed. */
export function readSources(folders: readonly string[]): readonly Source[] {
  const paths = listFiles().filter((path) => /\.tsx?$/.test(path) && folders.some((folder) => path.startsWith(`${folder}/`)))
  return paths.map((path) => parseSource(path, readText(path)))
}

export function parseSource(path: string, text: string): Source {
  const kind = path.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind) }
}

/** Calls `visit` for each node of the file, outer ones first. */
export function walk(source: Source, visit: (node: ts.Node) => void): void {
  const step = (node: ts.Node): void => {
    visit(node)
    ts.forEachChild(node, step)
  }
  step(source.tree)
}

export function lineOf(source: Source, node: ts.Node): number {
  return source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree)).line + 1
}

/** `src/a.ts:12`, the form in which violations are reported. */
export function place(source: Source, node: ts.Node): string {
  return `${source.path}:${lineOf(source, node)}`
}

/** All that a file imports or re-exports, dynamic imports and types in passing included. */
export function importsOf(source: Source): readonly Imported[] {
  const found: Imported[] = []
  const add = (node: ts.Node, name: ts.Node | undefined, isTypeOnly: boolean): void => {
    if (name !== undefined && ts.isStringLiteral(name)) found.push({ specifier: name.text, isTypeOnly, line: lineOf(source, node) })
  }
  walk(source, (node) => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, isTypeImport(node))
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node, node.arguments[0], false)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node, node.argument.literal, true)
  })
  return found
}

/** The path from the root that a relative import names; undefined for a package. */
export function resolveImport(source: Source, specifier: string): string | undefined {
  return specifier.startsWith('.') ? relative(root, join(root, dirname(source.path), specifier)) : undefined
}

function isTypeImport(node: ts.ImportDeclaration): boolean {
  const clause = node.importClause
  if (clause === undefined) return false
  if (clause.isTypeOnly) return true
  const bindings = clause.namedBindings
  const areTypes = bindings !== undefined && ts.isNamedImports(bindings) && bindings.elements.every((element) => element.isTypeOnly)
  return clause.name === undefined && areTypes
}
