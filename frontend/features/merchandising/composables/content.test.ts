import { expect, test } from 'vitest'
import { combine, keyOf, missingLanguages, type Option } from './content'

const option = (key: string, ...choices: string[]): Option => ({ key, name: {}, choices: choices.map((each) => ({ key: each, label: {}, swatch: null })) })

test('every combination of choices is a variant, and what was entered stays', () => {
  const before = [{ sku: 'mine', price_minor: 500, options: { size: 's', colour: 'red' }, picture_id: null }]

  const made = combine([option('size', 's', 'l'), option('colour', 'red')], before, 'mug')

  expect(made.map((each) => each.sku)).toEqual(['mine', 'mug-l-red'])
  expect(made[1]?.price_minor).toBe(500)
})

test('a product without options has one variant', () => {
  expect(combine([], [], 'mug')).toEqual([{ sku: 'mug', price_minor: null, options: {}, picture_id: null }])
})

test('keys are plain and given once', () => {
  expect(keyOf('Dark Red!', [], 'choice')).toBe('dark-red')
  expect(keyOf('深红', ['choice'], 'choice')).toBe('choice-2')
})

test('languages without words are named', () => {
  expect(missingLanguages({ 'zh-Hans': '一', 'zh-Hant': ' ', en: '' })).toEqual(['zh-Hant', 'en'])
})
