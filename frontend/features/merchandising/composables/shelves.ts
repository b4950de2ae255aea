/** Shelves in the order of the tree. */
interface Shelf { id: string; parentId: string | null; position: number; depth: number }

export function ordered<S extends Shelf>(shelves: readonly S[], parent: string | null = null): S[] {
  return shelves.filter((each) => each.parentId === parent).sort((one, other) => one.position - other.position).flatMap((each) => [each, ...ordered(shelves, each.id)])
}
