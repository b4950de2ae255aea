/** One Vite configuration for the three faces; each is built by itself into `dist/<face>` with its own manifest. */
import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import type { InlineConfig } from 'vite'
import { trustedDocuments } from './documents.ts'
import { faceModels } from './faces.ts'
import { compiledMessages } from './messages.ts'

export const FACES = ['shop', 'moderation', 'growth'] as const
export type Face = (typeof FACES)[number]

/** Few large files compress better than many small ones: the libraries, what no first screen shows, and what most pages share. */
const FIRST_SCREEN = [
  { name: 'base', test: /node_modules\/(@?vue|vue-router|@lingui|@urql|wonka)/, priority: 2 },
  { name: 'kit', test: /\/(shared|features)\/(?!groupbuy\/api\/|community\/|reviews\/|lib\/(pictures|upload)\.ts|i18n\/lazy\.ts|ui\/Tz(Choices|Field|Pictures|PointRow|PostCard|Refusal|Segments|Shares|Sheet|Stepper|Steps|Why)\.vue)/, minShareCount: 6, priority: 1 },
  { name: 'more', test: /\/shared\/ui\/(?!Tz(Pictures|Shares)\.vue)/, minShareCount: 6, priority: 0 },
]

const root = resolve(import.meta.dirname, '..')

export function configOf(face: Face): InlineConfig {
  return {
    root,
    configFile: false,
    base: `/static/${face}/`,
    publicDir: 'public',
    cacheDir: `node_modules/.vite/${face}`,
    resolve: {
      alias: [
        { find: '@0no-co/graphql.web', replacement: resolve(root, 'shared/graphql/no-language.ts') },
        { find: /^@\//, replacement: `${root}/` },
      ],
    },
    plugins: [trustedDocuments(root), compiledMessages(), ...(face === 'shop' ? [faceModels()] : []), vue()],
    define: {
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __SHOP__: String(face === 'shop'),
    },
    build: {
      outDir: `dist/${face}`,
      emptyOutDir: true,
      manifest: 'manifest.json',
      target: 'es2022',
      assetsInlineLimit: 1024,
      // A page of the first screen is preloaded by its HTML; the names of the scripts of all others would weigh more than they save.
      modulePreload: { polyfill: false, resolveDependencies: (_file, needed) => needed.filter((name) => name.endsWith('.css')) },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1200,
      rollupOptions: {
        input: { [face]: `apps/${face}/main.ts` },
        output: { codeSplitting: { groups: face === 'shop' ? FIRST_SCREEN : [] } },
      },
    },
    server: { port: 8110, strictPort: true, proxy: proxies() },
  }
}

function proxies(): Record<string, { target: string; ws?: boolean }> {
  const target = process.env['SITE_URL'] ?? 'http://127.0.0.1:8000'
  const paths = ['/graphql', '/_allauth/', '/media/', '/upload', '^/s/', '/poster/', '/qr/', '^/dev/']
  return { ...Object.fromEntries(paths.map((path) => [path, { target }])), '/ws': { target, ws: true } }
}
