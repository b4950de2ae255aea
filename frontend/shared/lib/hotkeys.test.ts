import { describe, expect, it } from 'vitest'
import { keyLabel, nameOf } from './hotkeys'

const press = (key: string, held: Partial<KeyboardEvent> = {}) => nameOf({ key, metaKey: false, ctrlKey: false, altKey: false, ...held })

describe('names of keys', () => {
  it('takes a letter in either case for the same key', () => {
    expect(press('J')).toBe('j')
  })
  it('takes Command and Control for the same chord', () => {
    expect(press('Enter', { metaKey: true })).toBe('mod+Enter')
    expect(press('Enter', { ctrlKey: true })).toBe('mod+Enter')
  })
  it('prints a chord the way it is pressed', () => {
    expect(keyLabel('mod+Enter')).toMatch(/^(⌘|Ctrl )Enter$/)
  })
})
