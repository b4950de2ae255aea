/** Where the lips of a face are. It is worked out on this device: the models come from the shop, no picture leaves. */
import type { Config, Human } from '@vladmandic/human'

export interface Point { x: number; y: number }
/** The outline of the lips and of the opening between them, in pixels of the picture. */
export interface Lips { outer: Point[]; inner: Point[] }

/** Points of the face mesh around the lips, clockwise from the corner that is left in the picture. */
const OUTER = [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146]
const INNER = [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95]
const SURE = 0.5
const off = { enabled: false }
const CONFIG: Partial<Config> = {
  debug: false,
  cacheModels: false,
  filter: off,
  body: off, hand: off, object: off, segmentation: off, gesture: off,
  face: { enabled: true, detector: { maxDetected: 1 }, mesh: { enabled: true }, attention: off, iris: off, description: off, emotion: off, antispoof: off, liveness: off },
}

let finder: Promise<Human> | null = null

async function load(): Promise<Human> {
  const { Human } = await import('@vladmandic/human')
  const human = new Human({ ...CONFIG, backend: canDraw() ? 'webgl' : 'cpu', modelBasePath: new URL(import.meta.env.BASE_URL + __FACE_MODELS__, location.href).href })
  await human.load()
  return human
}

const canDraw = () => document.createElement('canvas').getContext('webgl2') !== null

/** Fetch what finds a face, once; a failed try is not remembered. */
export function prepare(): Promise<Human> {
  finder ??= load().catch((problem: unknown) => {
    finder = null
    throw problem
  })
  return finder
}

/** The lips in a picture, or nothing where no face is to be seen. */
export async function findLips(picture: HTMLVideoElement | HTMLCanvasElement): Promise<Lips | null> {
  const human = await prepare()
  const { face } = await human.detect(picture)
  const mesh = face[0] && face[0].score >= SURE ? face[0].mesh : []
  const outline = (places: number[]) => places.flatMap((place) => (mesh[place] ? [{ x: mesh[place][0], y: mesh[place][1] }] : []))
  const [outer, inner] = [outline(OUTER), outline(INNER)]
  return outer.length === OUTER.length && inner.length === INNER.length ? { outer, inner } : null
}
