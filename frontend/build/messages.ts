/** Messages are compiled at build time, so that the browser needs no message compiler. */
import { generateJSON } from '@intlify/bundle-utils'
import type { Plugin } from 'vite'

export function compiledMessages(): Plugin {
  return {
    name: 'tuanzi:compiled-messages',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/locales\/[\w-]+\.json$/.test(id)) return null
      const made = generateJSON(code, { type: 'plain', filename: id, env: 'production', jit: true })
      return { code: made.code, map: null, moduleType: 'js' }
    },
  }
}
