/** Placements among finds: each at its place, never past the end. What is shown as a placement says so. */
interface HasProduct {
  product: { id: string }
  why: unknown
}
export type Shown<Find extends HasProduct> = Find & { placement?: string }

export function withSponsored<Find extends HasProduct>(finds: readonly Find[], placed: readonly { id: string; place: number; product: Find['product'] }[]): Shown<Find>[] {
  const shown: Shown<Find>[] = [...finds]
  for (const { id, place, product } of placed) if (place <= shown.length + 1) shown.splice(place - 1, 0, { product, why: null, placement: id } as Shown<Find>)
  return shown
}
