/** The two models that find a face in a picture lie beside the scripts: a phone fetches them from the shop alone. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import type { Plugin } from 'vite'

const NAMES = ['blazeface.json', 'blazeface.bin', 'facemesh.json', 'facemesh.bin']
const home = dirname(dirname(createRequire(import.meta.url).resolve('@vladmandic/human')))
const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string }
/** The version stands in the path, for what lies under `assets` is kept for ever. */
const folder = `assets/faces-${version}/`

export function faceModels(): Plugin {
  return {
    name: 'tuanzi:face-models',
    config: () => ({ define: { __FACE_MODELS__: JSON.stringify(folder) } }),
    configureServer(server) {
      server.middlewares.use(`/${folder}`, (request, response, next) => {
        const name = basename(request.url ?? '')
        return NAMES.includes(name) ? response.end(readModel(name)) : next()
      })
    },
    generateBundle() {
      for (const name of NAMES) this.emitFile({ type: 'asset', fileName: folder + name, source: readModel(name) })
    },
  }
}

function readModel(name: string): Buffer {
  return readFileSync(join(home, 'models', name))
}
