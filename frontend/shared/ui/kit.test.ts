import { mount } from '@vue/test-utils'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { loadTexts } from '@/shared/i18n'
import { learnServerTime } from '@/shared/lib/server-clock'
import { arcs } from './arcs'
import TzButton from './TzButton.vue'
import TzComposer from './TzComposer.vue'
import TzCountdown from './TzCountdown.vue'
import TzField from './TzField.vue'
import TzPlate from './TzPlate.vue'
import TzPrice from './TzPrice.vue'
import TzSeats from './TzSeats.vue'
import { tileOf, type Sitting } from './types'

const global = {}
const person = (name: string) => ({ id: name, name, face: `/media/faces/${name}.webp` })
const seats: Sitting[] = [
  { number: 1, state: 'PAID', person: person('阿梨'), isLeader: true },
  { number: 2, state: 'PAID', person: person('老陈') },
  { number: 3, state: 'HELD', person: person('小满') },
]

beforeAll(() => loadTexts([]))

describe('seats', () => {
  it('say how many sit and how many are free; a held seat is neither', () => {
    const row = mount(TzSeats, { props: { seats, size: 5 }, global })

    expect(row.attributes('aria-label')).toBe('2 人已入座，还有 3 个空位')
    expect(row.findAll('.seat-free')).toHaveLength(2)
    expect(row.findAll('.seat-held')).toHaveLength(1)
  })

  it('a plate lights its ring only where somebody has paid', () => {
    const plate = mount(TzPlate, { props: { seats, size: 5 }, global })

    expect(plate.findAll('.p-track')).toHaveLength(5)
    expect(plate.findAll('.p-on')).toHaveLength(2)
    expect(plate.find('.plate__mid').text()).toContain('3 人')
  })

  it('an empty place is a button only for somebody who may invite', async () => {
    const plate = mount(TzPlate, { props: { seats, size: 5, canInvite: true }, global })
    await plate.find('button.plate__seat--free').trigger('click')

    expect(plate.emitted('invite')).toHaveLength(1)
    expect(mount(TzPlate, { props: { seats, size: 5 }, global }).find('button').exists()).toBe(false)
  })

  it('from seven seats on a plate becomes rows', () => {
    expect(mount(TzPlate, { props: { seats, size: 8 }, global }).find('.plate-rows').exists()).toBe(true)
  })

  it('the arcs of a ring do not touch', () => {
    expect(new Set(arcs(32, 28, 3).map((arc) => arc.slice(0, 8))).size).toBe(3)
  })
})

describe('a countdown', () => {
  it('follows the server’s clock, not the device’s', () => {
    learnServerTime(new Date(Date.now() + 3_600_000).toISOString())
    const left = mount(TzCountdown, { props: { until: new Date(Date.now() + 7_200_500).toISOString() }, global })

    expect(left.text()).toMatch(/剩 (01:00:00|00:59:59)/)
    learnServerTime(new Date().toISOString())
  })

  it('tells once when the time is over', () => {
    vi.useFakeTimers()
    const left = mount(TzCountdown, { props: { until: new Date(Date.now() + 1500).toISOString() }, global })
    vi.advanceTimersByTime(5000)

    expect(left.emitted('over')).toHaveLength(1)
    vi.useRealTimers()
  })
})

describe('small parts', () => {
  it('a waiting button takes no second tap', async () => {
    const tapped = vi.fn()
    const button = mount(TzButton, { props: { waiting: true }, attrs: { onClick: tapped }, global })
    await button.trigger('click')

    expect(tapped).not.toHaveBeenCalled()
    expect(button.attributes('aria-busy')).toBe('true')
  })

  it('a price is one text for a screen reader', () => {
    expect(mount(TzPrice, { props: { money: { minor: 3990, currency: 'CNY' } } }).text()).toBe('¥39.9')
  })

  it('a refused field points at its reason', () => {
    const field = mount(TzField, { props: { label: '电话', refusal: '写上电话', modelValue: '' }, global })
    const input = field.find('input')

    expect(input.attributes('aria-invalid')).toBe('true')
    expect(field.find(`#${input.attributes('aria-describedby')}`).text()).toBe('写上电话')
  })

  it('Enter sends, but not while a word is being chosen', async () => {
    const composer = mount(TzComposer, { props: { hint: '说点什么', modelValue: '你好' }, global: { ...global, stubs: { RouterLink: true } } })
    await composer.find('textarea').trigger('keydown', { key: 'Enter', isComposing: true })
    expect(composer.emitted('send')).toBeUndefined()
    await composer.find('textarea').trigger('keydown', { key: 'Enter' })
    expect(composer.emitted('send')).toEqual([['你好']])
  })

  it('a person always sits on the same tile', () => {
    expect(tileOf('one')).toBe(tileOf('one'))
  })
})
