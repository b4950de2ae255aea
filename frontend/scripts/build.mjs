/** Build the three faces, the manifest of trusted documents, and the compressed copies of every file. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'vite'
import { configOf, FACES } from '../build/base.ts'
import { writeDocuments } from './documents.mjs'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
const WORTH = /\.(js|css|svg|json)$/

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist, { recursive: true })
for (const face of FACES) await build({ ...configOf(face), logLevel: 'warn' })
writeDocuments(dist)
await Promise.all(filesIn(dist).filter((file) => WORTH.test(file)).map(compress))

async function compress(file) {
  const content = readFileSync(file)
  if (content.length < 512) return
  writeFileSync(`${file}.gz`, await promisify(gzip)(content, { level: 9 }))
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
  writeFileSync(`${file}.br`, await promisify(brotliCompress)(content, quality))
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
