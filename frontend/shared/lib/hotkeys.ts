/**
 * Single keys and chords for the consoles. Single keys sleep while somebody writes or a dialog is open; chords with
 * ⌘ or Ctrl work everywhere on the page.
 */
import { onMounted, onScopeDispose } from 'vue'

export type Bindings = Record<string, (event: KeyboardEvent) => void>

const WRITES = 'input, textarea, select, [contenteditable="true"]'
const OPENS = 'a, button, summary, [role="button"], [role="switch"], [role="option"], [role="combobox"]'

export function useKeys(bindings: () => Bindings): void {
  const heard = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return
    const found = bindings()[nameOf(event)]
    if (!found || isBusy(event)) return
    event.preventDefault()
    event.stopPropagation()
    found(event)
  }
  // A chord is heard before the field that has the focus; a single key only if nothing else took it.
  const chord = (event: KeyboardEvent) => (event.metaKey || event.ctrlKey) && heard(event)
  const single = (event: KeyboardEvent) => !(event.metaKey || event.ctrlKey) && heard(event)
  onMounted(() => {
    addEventListener('keydown', chord, true)
    addEventListener('keydown', single)
  })
  onScopeDispose(() => {
    removeEventListener('keydown', chord, true)
    removeEventListener('keydown', single)
  })
}

/** `j`, `Enter`, `mod+Enter`, `mod+s`, `alt+ArrowUp`. */
export function nameOf(event: Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey' | 'altKey'>): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return [event.metaKey || event.ctrlKey ? 'mod' : '', event.altKey ? 'alt' : '', key].filter(Boolean).join('+')
}

/** How a chord is printed on this machine. */
export function keyLabel(key: string): string {
  const isApple = /Mac|iPhone|iPad/.test(navigator.platform)
  return key.replace('mod+', isApple ? '⌘' : 'Ctrl ').replace('alt+', isApple ? '⌥' : 'Alt ').replace('ArrowUp', '↑').replace('ArrowDown', '↓').replace('Escape', 'Esc')
}

function isBusy(event: KeyboardEvent): boolean {
  if (document.querySelector('dialog[open]')) return true
  if (event.metaKey || event.ctrlKey) return false
  const target = event.target instanceof Element ? event.target : null
  if (target?.closest(WRITES)) return true
  return (event.key === 'Enter' || event.key === ' ') && !!target?.closest(OPENS)
}
