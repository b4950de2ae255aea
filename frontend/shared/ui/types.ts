/** What the kit's parts are given. They match the API's types, so that answers fit without conversion. */
export type { Money } from '@/shared/i18n/format'

export interface Picture {
  src: string
  avif: string
  webp: string
  width: number
  height: number
  blur: string
}

export interface Person {
  id: string
  name: string
  face: string
  isSelf?: boolean
}

/** A seat of a plate: paid, drawn or not, held while somebody pays, left, or (absent from the list) free. */
export interface Sitting {
  number: number
  state: string
  person?: Person | null
  isLeader?: boolean
  isMine?: boolean
}

export const TILES = ['peach', 'mint', 'sky', 'butter', 'lilac', 'rose', 'sand'] as const
export type Tile = (typeof TILES)[number]

/** The ground behind a face or a category: always the same one for the same id. */
export function tileOf(id: string): Tile {
  let sum = 0
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 997
  return TILES[sum % TILES.length] as Tile
}

export function isSeated(sitting: Sitting): boolean {
  return sitting.state === 'PAID' || sitting.state === 'CONFIRMED' || sitting.state === 'LOST'
}

/** The place where a page puts its product picker, for features that only say what is chosen. */
export interface PickerSlots {
  picker?: (asked: { isOpen: boolean; show: (is: boolean) => void; chosen: string[]; choose: (ids: string[]) => void }) => unknown
}
