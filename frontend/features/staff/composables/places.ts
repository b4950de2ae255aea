/** What the frame of a console shows: places, the rooms they stand in, and keys. */
import type { RouteLocationRaw } from 'vue-router'
import type { IconName } from '@/shared/ui/icons'

export interface Room {
  name: string
  label: string
  icon: IconName
}
export interface Place extends Room {
  to: RouteLocationRaw
  badge?: number
  /** Places of one room share an entry; the open room shows them all. */
  room?: Room
}
export interface Key {
  keys: readonly string[]
  label: string
  /** Only in the list of all keys. */
  quiet?: boolean
}
export interface Entry extends Place {
  isHere: boolean
  /** The places of an open room; none where the entry is a place itself. */
  places: readonly Place[]
}

/** One entry for each room, or for a place that stands alone. An entry leads to the first of its places. */
export function entriesOf(places: readonly Place[], here: unknown): Entry[] {
  const names = [...new Set(places.map((place) => place.room?.name ?? place.name))]
  return names.map((name) => {
    const mine = places.filter((place) => (place.room?.name ?? place.name) === name)
    const first = mine[0]!
    const isHere = mine.some((place) => place.name === here)
    if (mine.length === 1) return { ...first, isHere, places: [] }
    return { ...first, ...first.room, badge: mine.reduce((sum, place) => sum + (place.badge ?? 0), 0), isHere, places: isHere ? mine : [] }
  })
}
