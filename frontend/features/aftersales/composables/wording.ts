/** How urgent a case looks, and whose turn it is. */
export type Tone = 'do' | 'way' | 'done' | 'over'

const MINE = ['WAIT_BUYER_SHIP', 'REJECTED', 'DISPUTED']
const OVER = ['BUYER_CANCELLED', 'CLOSED', 'ARCHIVED']

export function toneOf(state: string): Tone {
  if (MINE.includes(state)) return 'do'
  if (OVER.includes(state)) return 'over'
  return state === 'DONE' || state === 'REVISIT' ? 'done' : 'way'
}
