/** Write `dist/documents.json` (id to text, for the server) and `dist/operations.json` (name to id, for the shell). */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DocumentTexts, manifestOf, namesOf } from '../build/documents.ts'

const root = join(import.meta.dirname, '..')

export function writeDocuments(folder) {
  mkdirSync(folder, { recursive: true })
  const documents = new DocumentTexts(root).all()
  writeFileSync(join(folder, 'documents.json'), JSON.stringify(manifestOf(documents), null, 1))
  writeFileSync(join(folder, 'operations.json'), JSON.stringify(namesOf(documents), null, 1))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeDocuments(join(root, 'dist'))
