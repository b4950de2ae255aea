/** For `npm run dev` and the tests; `npm run build` builds all three faces. */
import { defineConfig } from 'vitest/config'
import { configOf, type Face } from './build/base.ts'

const face = (process.env['FACE'] ?? 'shop') as Face

const base = configOf(face)

export default defineConfig({
  ...base,
  base: '/',
  plugins: [...(base.plugins ?? []), { name: 'tuanzi:face', transformIndexHtml: (html) => html.replace('%FACE%', face) }],
  test: {
    environment: 'happy-dom',
    include: ['{apps,features,shared,build}/**/*.test.ts'],
    server: { deps: { inline: ['element-plus'] } },
  },
})
