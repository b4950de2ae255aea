/** How a group looks from where the viewer stands. */
import type { GroupDetail } from './api/group'

export type Mood = 'seated' | 'held' | 'open' | 'waiting' | 'full' | 'fullMine' | 'over' | 'refunding' | 'refunded' | 'stopped'

type Seen = Pick<GroupDetail, 'state' | 'canJoin' | 'refundTimeline'> & { mySeat: { state: string } | null }

export function moodOf(group: Seen): Mood {
  const seat = group.mySeat?.state
  if (group.state === 'FORMING') {
    if (seat === 'PAID' || seat === 'CONFIRMED') return 'seated'
    if (seat === 'HELD') return 'held'
    return group.canJoin ? 'open' : 'waiting'
  }
  if (group.state === 'FILLED' || group.state === 'CONFIRMED') return seat === 'PAID' || seat === 'CONFIRMED' ? 'fullMine' : 'full'
  if (group.state === 'CANCELLED') return 'stopped'
  if (group.refundTimeline.length) return group.refundTimeline.every((step) => step.isDone) ? 'refunded' : 'refunding'
  return 'over'
}

/** Whether the variants cost different amounts in a group: then its price is the lowest, not everybody's. */
export function costsFrom(group: Pick<GroupDetail, 'product'>): boolean {
  return new Set(group.product.variants.map((variant) => variant.groupPrice?.minor ?? null)).size > 1
}
