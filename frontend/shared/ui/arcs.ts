/** Arcs of a ring, one for each seat, with a gap between; the first is centred at the top. */
export function arcs(centre: number, radius: number, parts: number): string[] {
  const gap = parts > 1 ? 3.1 + 300 / radius / 20 : 0.01
  return Array.from({ length: parts }, (_, index) => {
    const middle = -90 + (index * 360) / parts
    const half = 180 / parts - gap
    const [x1, y1] = point(centre, radius, middle - half)
    const [x2, y2] = point(centre, radius, middle + half)
    return `M${x1} ${y1}A${radius} ${radius} 0 ${half > 90 ? 1 : 0} 1 ${x2} ${y2}`
  })
}

function point(centre: number, radius: number, degrees: number): [string, string] {
  const angle = (degrees * Math.PI) / 180
  return [(centre + radius * Math.cos(angle)).toFixed(1), (centre + radius * Math.sin(angle)).toFixed(1)]
}
