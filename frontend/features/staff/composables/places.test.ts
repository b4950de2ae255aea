import { describe, expect, it } from 'vitest'
import { entriesOf, type Place, type Room } from './places'

const goods: Room = { name: 'goods', label: 'Goods', icon: 'book' }
const trade: Room = { name: 'trade', label: 'Trade', icon: 'truck' }
const place = (name: string, room?: Room, badge?: number): Place => ({ name, to: `/${name}`, label: name, icon: 'box', ...(room && { room }), ...(badge && { badge }) })

describe('entries of the rail', () => {
  it('show a room once, leading to its first place, and its places only while one stands in it', () => {
    const entries = entriesOf([place('products', goods), place('stock', goods), place('orders', trade), place('payments', trade)], 'stock')

    expect(entries.map((entry) => [entry.label, entry.to, entry.isHere, entry.places.length])).toEqual([['Goods', '/products', true, 2], ['Trade', '/orders', false, 0]])
  })

  it('show a place as itself where its room has no other for this person', () => {
    expect(entriesOf([place('stock', goods)], 'stock')[0]).toMatchObject({ label: 'stock', icon: 'box', places: [] })
  })

  it('add up what waits in the places of a room', () => {
    expect(entriesOf([place('products', goods, 2), place('stock', goods, 3)], '')[0]?.badge).toBe(5)
  })
})
