/** Texts are compiled at build time, so that the browser needs no compiler. Nested keys become one: `a.b`. */
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import type { Plugin } from 'vite'

type Texts = { [key: string]: string | Texts }

export function compiledMessages(): Plugin {
  return {
    name: 'tuanzi:compiled-messages',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/locales\/[\w-]+\.json$/.test(id)) return null
      const made = Object.fromEntries(flat(JSON.parse(code) as Texts).map(([key, text]) => [key, compiled(key, text)]))
      return { code: `export default JSON.parse(${JSON.stringify(JSON.stringify(made))})`, map: null, moduleType: 'js' }
    },
  }
}

function flat(texts: Texts, before = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[before + key, value] as [string, string]] : flat(value, `${before}${key}.`),
  )
}

/** A text without places stays a string. */
function compiled(key: string, text: string): unknown {
  try {
    const made = compileMessageOrThrow(text)
    return made.every((part) => typeof part === 'string') ? made.join('') : made
  } catch (problem) {
    throw new Error(`${key}: ${text}`, { cause: problem })
  }
}
