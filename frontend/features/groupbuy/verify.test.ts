import { describe, expect, it } from 'vitest'
import { asFile, checkDraw } from './verify'

// Made by the script that anybody may run, so that both do the same sum.
const draw = {
  seed: 'ab'.repeat(32),
  seedHash: '271a413bd339c5709fdceaec41f14f11e9fbfb5042d72d331c65f32b284cd09a',
  entriesHash: '058053d87c818d699cde0f00d670bca0e1c6ad857caa9758ea6a556d7c64fcee',
  commitment: '80317abe6f72c008e059dd66ffeae007b2ab69095dbb4ac2852173b4dc7d91f2',
  winners: 2,
  entries: [{entry: 'one', rank: 1}, {entry: 'two', rank: 3}, {entry: 'three', rank: 2}],
}

describe('checking a draw', () => {
  it('agrees with the script', async () => {
    expect((await checkDraw(draw)).map((each) => each.holds)).toEqual([true, true, true, true])
    expect(JSON.parse(asFile(draw)).drawn).toEqual(['one', 'three'])
  })

  it('finds another seed, another list, another winner', async () => {
    const bent = async (change: object) => (await checkDraw({ ...draw, ...change })).filter((each) => !each.holds).map((each) => each.key)
    expect(await bent({ seedHash: draw.commitment })).toEqual(['seed'])
    expect(await bent({ entries: draw.entries.map((each) => ({ ...each, rank: 4 - each.rank })) })).toEqual(['winners'])
    expect(await bent({ entries: draw.entries.slice(1) })).toContain('entries')
  })

  it('waits for the seed', async () => {
    expect(await checkDraw({ ...draw, seed: null })).toEqual([])
  })
})
