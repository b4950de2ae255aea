/**
 * Trusted documents. Every `graphql(`…`)` call of the sources becomes the name of its document, the SHA-256 of the
 * whole text with its fragments; the texts go into one manifest that the server loads. The browser never sends a text.
 *
 * A fragment is known by its own name, which is therefore used once in the whole workspace.
 */
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse, print, visit, type DocumentNode } from 'graphql'
import type { Plugin } from 'vite'

const CALL = /\bgraphql\(\s*`([^`]*)`\s*(?:,\s*\[[^\]]*\]\s*,?\s*)?\)/g
const FOLDERS = ['apps', 'features', 'shared']
const HELPER = '@/shared/graphql/trusted'

export interface TrustedDocument {
  id: string
  name: string
  kind: string
  text: string
}

export class DocumentTexts {
  private readonly fragments = new Map<string, { text: string; file: string }>()
  private readonly operations = new Map<string, { text: string; file: string }>()

  private readonly root: string

  constructor(root: string) {
    this.root = root
    this.readAll()
  }

  readAll(): void {
    this.fragments.clear()
    this.operations.clear()
    for (const file of FOLDERS.flatMap((folder) => sourcesIn(join(this.root, folder)))) {
      for (const call of readFileSync(file, 'utf8').matchAll(CALL)) this.keep(call[1] ?? '', file)
    }
  }

  all(): TrustedDocument[] {
    return [...this.operations.values()].map(({ text, file }) => this.trusted(text, file))
  }

  /** The document of one call's text; null for a fragment, which is no document by itself. */
  of(text: string, file: string): TrustedDocument | null {
    const [definition] = read(text, file).definitions
    if (definition?.kind === 'FragmentDefinition') return null
    return this.trusted(text, file)
  }

  private keep(text: string, file: string): void {
    const definitions = read(text, file).definitions
    const [definition] = definitions
    if (definitions.length !== 1 || !definition) throw new Error(`${file}: one operation or fragment per graphql() call`)
    if (definition.kind !== 'FragmentDefinition' && definition.kind !== 'OperationDefinition') {
      throw new Error(`${file}: only operations and fragments`)
    }
    const name = definition.name?.value
    if (!name) throw new Error(`${file}: every operation has a name`)
    const known = definition.kind === 'FragmentDefinition' ? this.fragments : this.operations
    const other = known.get(name)
    if (other && other.file !== file) throw new Error(`${name} is in ${file} and in ${other.file}`)
    known.set(name, { text, file })
  }

  private trusted(text: string, file: string): TrustedDocument {
    const document = read(text, file)
    const [operation] = document.definitions
    if (operation?.kind !== 'OperationDefinition') throw new Error(`${file}: not an operation`)
    const parts = [document, ...this.fragmentsOf(document, file, new Set())]
    const whole = parts.map((part) => print(part)).join('\n\n')
    return { id: sha256(whole), name: operation.name?.value ?? '', kind: operation.operation, text: whole }
  }

  private fragmentsOf(document: DocumentNode, file: string, seen: Set<string>): DocumentNode[] {
    const names: string[] = []
    visit(document, { FragmentSpread: (node) => void names.push(node.name.value) })
    return names.flatMap((name) => {
      if (seen.has(name)) return []
      seen.add(name)
      const fragment = this.fragments.get(name)
      if (!fragment) throw new Error(`${file}: there is no fragment ${name}`)
      const part = read(fragment.text, fragment.file)
      return [part, ...this.fragmentsOf(part, fragment.file, seen)]
    })
  }
}

export function trustedDocuments(root: string): Plugin {
  let texts: DocumentTexts
  let sendsText = false
  const isOurs = (file: string) => FOLDERS.some((folder) => file.startsWith(join(root, folder, '/')))
  return {
    name: 'tuanzi:trusted-documents',
    enforce: 'pre',
    configResolved(config) {
      sendsText = config.command === 'serve'
    },
    buildStart() {
      texts = new DocumentTexts(root)
    },
    handleHotUpdate({ file }) {
      if (file.endsWith('.ts')) texts.readAll()
    },
    transform(code, id) {
      const file = id.split('?')[0] ?? id
      if (!isSource(file) || !isOurs(file) || !code.includes('graphql(')) return null
      let found = false
      const replaced = code.replace(CALL, (_call, text: string) => {
        const document = texts.of(text, file)
        if (!document) return '/*#__PURE__*/ Object.freeze({})'
        found = true
        const words = [document.id, document.name, document.kind, ...(sendsText ? [document.text] : [])]
        return `/*#__PURE__*/ __trusted(${words.map((word) => JSON.stringify(word)).join(', ')})`
      })
      if (replaced === code) return null
      return { code: found ? `import { trusted as __trusted } from '${HELPER}';${replaced}` : replaced, map: null }
    },
  }
}

export function manifestOf(documents: TrustedDocument[]): Record<string, string> {
  const sorted = [...documents].sort((one, other) => (one.name < other.name ? -1 : 1))
  return Object.fromEntries(sorted.map(({ id, text }) => [id, text]))
}

/** Operation name to id, for the server that runs a page's first query before the browser does. */
export function namesOf(documents: TrustedDocument[]): Record<string, string> {
  return Object.fromEntries(documents.map(({ id, name }) => [name, id] as const).sort())
}

function isSource(file: string): boolean {
  return file.endsWith('.ts') && !file.endsWith('.d.ts') && !file.endsWith('.test.ts')
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(isSource)
    .map((file) => join(folder, file))
    .sort()
}

function read(text: string, file: string): DocumentNode {
  try {
    return parse(text, { noLocation: true })
  } catch (error) {
    throw new Error(`${file}: ${String(error)}`)
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
