/** Colour on lips, as a tinted balm lies on them: their light and their lines stay to be seen. */
import type { Lips, Point } from './face'

const HUE = 0.75
const DEPTH = 0.5
/** The edge is as soft as this part of the mouth's width. */
const SOFT = 1 / 50

/** Lay a colour on the lips of a picture. `strength` goes from 0, nothing, to 1, full. */
export function paintLips(context: CanvasRenderingContext2D, lips: Lips, colour: string, strength: number): void {
  const shape = new Path2D()
  for (const outline of [lips.outer, lips.inner]) trace(shape, outline)
  context.save()
  context.filter = `blur(${(widthOf(lips.outer) * SOFT).toFixed(1)}px)`
  context.fillStyle = colour
  for (const [blend, share] of [['color', HUE], ['multiply', DEPTH]] as const) {
    context.globalCompositeOperation = blend
    context.globalAlpha = share * strength
    context.fill(shape, 'evenodd')
  }
  context.restore()
}

export function widthOf(outline: Point[]): number {
  const across = outline.map((point) => point.x)
  return Math.max(...across) - Math.min(...across)
}

/** A closed curve that bends at the points and passes through the middles between them. */
function trace(shape: Path2D, outline: Point[]): void {
  const middle = (from: Point, to: Point): [number, number] => [(from.x + to.x) / 2, (from.y + to.y) / 2]
  const [first, last] = [outline[0], outline.at(-1)]
  if (!first || !last) return
  shape.moveTo(...middle(last, first))
  outline.forEach((point, index) => shape.quadraticCurveTo(point.x, point.y, ...middle(point, outline[index + 1] ?? first)))
  shape.closePath()
}
