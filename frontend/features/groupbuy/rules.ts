/** How a group looks from where the viewer stands. */
import type { GroupDetail } from './api/group'

export type Mood = 'sealed' | 'won' | 'lost' | 'drawn' | 'growing' | 'growingMine' | 'seated' | 'held' | 'open' | 'waiting' | 'full' | 'fullMine' | 'over' | 'refunding' | 'refunded' | 'stopped'

type Seen = Pick<GroupDetail, 'state' | 'canJoin' | 'refundTimeline' | 'seatsMissing'> & { mySeat: { state: string } | null; lottery?: object | null; ladder?: readonly object[] }

export function moodOf(group: Seen): Mood {
  const seat = group.mySeat?.state
  if (group.state === 'FORMING') {
    const grows = !!group.ladder?.length && group.seatsMissing === 0
    if (seat === 'PAID' || seat === 'CONFIRMED') return grows ? 'growingMine' : 'seated'
    if (seat === 'HELD') return 'held'
    if (!group.canJoin) return 'waiting'
    return grows ? 'growing' : 'open'
  }
  if (group.state === 'COMMITTED' || (group.lottery && group.state === 'FILLED')) return 'sealed'
  if (group.state === 'DRAWN' || (group.lottery && group.state === 'CONFIRMED')) return seat === 'LOST' ? 'lost' : seat ? 'won' : 'drawn'
  if (group.state === 'FILLED' || group.state === 'CONFIRMED') return seat === 'PAID' || seat === 'CONFIRMED' ? 'fullMine' : 'full'
  if (group.state === 'CANCELLED') return 'stopped'
  if (group.refundTimeline.length) return group.refundTimeline.every((step) => step.isDone) ? 'refunded' : 'refunding'
  return 'over'
}

/** Whether the variants cost different amounts in a group: then its price is the lowest, not everybody's. */
export function costsFrom(group: Pick<GroupDetail, 'product'>): boolean {
  return new Set(group.product.variants.map((variant) => variant.groupPrice?.minor ?? null)).size > 1
}

/** For how many people the shown price of a group is: of a ladder, the step it stands on, or the first. */
export function stepOf(group: Pick<GroupDetail, 'size' | 'ladder'>): number {
  return (group.ladder.filter((step) => step.isReached).at(-1) ?? group.ladder[0])?.size ?? group.size
}

/** The step of a ladder that the group has not reached yet, if any, and how many more it takes. */
export function nextStep<Step extends { size: number; isReached: boolean }>(ladder: readonly Step[], paid: number): { step: Step; count: number } | null {
  const step = ladder.find((each) => !each.isReached)
  return step ? { step, count: Math.max(1, step.size - paid) } : null
}
