// @vitest-environment node
import { createHash } from 'node:crypto'
import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { DocumentTexts, manifestOf, namesOf } from './documents.ts'

function workspace(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'documents-'))
  for (const folder of ['apps', 'features', 'shared']) mkdirSync(join(root, folder))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text)
  return root
}

const SEAT = 'export const Seat = graphql(`fragment Seat on Seat { number ...Face }`)'
const FACE = 'export const Face = graphql(`fragment Face on Seat { person { name } }`)'
const GROUP = 'export const Group = graphql(`query Group($id: ID!) { group(id: $id) { seats { ...Seat } } }`, [Seat])'

describe('trusted documents', () => {
  it('a document carries the fragments of its fragments, each once', () => {
    const [document] = new DocumentTexts(workspace({ 'features/a.ts': GROUP, 'shared/b.ts': SEAT, 'shared/c.ts': FACE })).all()

    expect(document?.name).toBe('Group')
    expect(parse(document?.text ?? '').definitions.map((each) => ('name' in each ? each.name?.value : ''))).toEqual(['Group', 'Seat', 'Face'])
  })

  it('the id is the hash of the text that the manifest holds', () => {
    const documents = new DocumentTexts(workspace({ 'features/a.ts': GROUP, 'shared/b.ts': SEAT, 'shared/c.ts': FACE })).all()
    const [[id, text]] = Object.entries(manifestOf(documents)) as [[string, string]]

    expect(id).toBe(createHash('sha256').update(text).digest('hex'))
    expect(namesOf(documents)).toEqual({ Group: id })
  })

  it('the same name in two files is refused', () => {
    const files = { 'features/a.ts': FACE, 'shared/b.ts': FACE }
    expect(() => new DocumentTexts(workspace(files))).toThrow(/Face is in/)
  })

  it('a spread without its fragment is refused', () => {
    expect(() => new DocumentTexts(workspace({ 'features/a.ts': GROUP })).all()).toThrow(/no fragment Seat/)
  })

  it('an operation without a name is refused', () => {
    expect(() => new DocumentTexts(workspace({ 'features/a.ts': 'graphql(`{ home { x } }`)' }))).toThrow(/has a name/)
  })
})
