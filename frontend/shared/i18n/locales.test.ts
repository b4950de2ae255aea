// @vitest-environment node
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const LOCALES = ['zh-Hans', 'zh-Hant', 'en']
const folders = ['shared/i18n/locales', ...readdirSync(join(root, 'features')).map((name) => `features/${name}/locales`)].filter(
  (folder) => existsSync(join(root, folder)),
)

type Texts = { [key: string]: string | Texts }

function textsOf(folder: string, locale: string): Map<string, string> {
  return flat(JSON.parse(readFileSync(join(root, folder, `${locale}.json`), 'utf8')) as Texts)
}

function flat(texts: Texts, before = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string' ? [[before + key, value] as const] : [...flat(value, `${before}${key}.`)],
    ),
  )
}

function places(text: string): string[] {
  return [...text.matchAll(/\{(\w+)[,}]/g)].map((found) => found[1] ?? '').sort()
}

describe.each(folders)('%s', (folder) => {
  const [first, ...others] = LOCALES as [string, ...string[]]

  it.each(others)(`says in %s all that it says in ${first}`, (locale) => {
    expect([...textsOf(folder, locale).keys()].sort()).toEqual([...textsOf(folder, first).keys()].sort())
  })

  it.each(others)('leaves the same places open in %s', (locale) => {
    const theirs = textsOf(folder, locale)
    // A text with plural forms may name its number more than once.
    for (const [key, text] of textsOf(folder, first)) expect([...new Set(places(theirs.get(key) ?? ''))], key).toEqual([...new Set(places(text))])
  })

  it.each(LOCALES)('says nothing empty in %s', (locale) => {
    for (const [key, text] of textsOf(folder, locale)) expect(text.trim(), key).not.toBe('')
  })
})
