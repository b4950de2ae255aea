import { describe, expect, it } from 'vitest'
import { withSponsored } from './sponsored'

const finds = (count: number) => Array.from({ length: count }, (_, at) => ({ product: { id: `find ${at}` }, why: null }))
const placed = [{ id: 'a', place: 4, product: { id: 'ad one' } }, { id: 'b', place: 12, product: { id: 'ad two' } }]

describe('placements among finds', () => {
  it('stand at their places and say what they are', () => {
    const shown = withSponsored(finds(20), placed)

    expect([shown[3]?.placement, shown[11]?.placement, shown.length]).toEqual(['a', 'b', 22])
    expect(shown.filter((each) => each.placement)).toHaveLength(2)
  })

  it('are left out where the list is too short', () => {
    expect(withSponsored(finds(2), placed)).toHaveLength(2)
  })
})
