import { describe, expect, it } from 'vitest'
import { filterOf, queryOf } from './wish'

describe('the address of a search', () => {
  it('keeps every part of the filter', () => {
    const filter = { categories: ['fruit', 'snacks'], brands: ['x'], attributes: ['roast=dark'], priceMin: 0, priceMax: 5000, ratingMin: 4.5, soldMin: 100, inStock: true, hasGroup: true }

    expect(filterOf(queryOf(filter))).toEqual(filter)
  })

  it('reads nothing from what it cannot read', () => {
    expect(filterOf({ min: 'x', max: '-3', c: '', stock: 'yes', a: ['twice', 'said'] })).toEqual({})
  })
})
