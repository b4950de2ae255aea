import type { Sitting } from '@/shared/ui/types'

/** Those who sit or are paying; who has left is not shown. */
export function seated<Seat extends Sitting>(seats: readonly Seat[]): Seat[] {
  return seats.filter((seat) => ['PAID', 'CONFIRMED', 'LOST', 'HELD'].includes(seat.state))
}
