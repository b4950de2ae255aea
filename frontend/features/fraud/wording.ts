/** How a state looks. */
export function lookOf(state: string): string {
  if (state === 'HELD') return 'c-chip--warn'
  if (state === 'REJECTED' || state === 'REVERSED') return 'c-chip--accent'
  return state === 'ISSUED' ? 'c-chip--good' : 'c-chip--info'
}
