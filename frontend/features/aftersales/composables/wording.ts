/** How urgent a case looks, and whose turn it is. */
export type Tone = 'do' | 'way' | 'done' | 'over'

const MINE = ['WAIT_BUYER_SHIP', 'REJECTED', 'DISPUTED']
const OVER = ['BUYER_CANCELLED', 'CLOSED', 'ARCHIVED']

export function toneOf(state: string): Tone {
  if (MINE.includes(state)) return 'do'
  if (OVER.includes(state)) return 'over'
  return state === 'DONE' || state === 'REVISIT' ? 'done' : 'way'
}

/** Carriers that most people use to send something back; any other can be typed. */
export const CARRIERS = ['顺丰', '中通', '圆通', '京东', 'EMS'] as const
