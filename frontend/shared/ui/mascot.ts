/** The mascot: one body and a calm face. Drawn by us; its moods are also the stickers of a chat. */
import type { MOODS } from './moods'

export const BODY =
  '<path d="M60 34c28 0 48 18 48 43 0 22-20 32-48 32S12 99 12 77c0-25 20-43 48-43z" fill="url(#gBody)" stroke="#EDB896" stroke-width="1.8"/><path d="M60 37c-4 7-11 11-19 12.5M60 37c4 7 11 11 19 12.5M60 38v12" fill="none" stroke="#F0C4A6" stroke-width="2.4" stroke-linecap="round"/><path d="M59 38C55 22 42 15 29 19c3 14 16 22 30 19z" fill="#2C7A4B"/><path d="M60 38C61 20 75 8 95 11c-2 18-17 29-35 27z" fill="url(#gLeaf)"/><path d="M62 36c8-8 17-14 27-20" fill="none" stroke="#fff" stroke-opacity=".55" stroke-width="1.6" stroke-linecap="round"/><ellipse cx="33" cy="83" rx="7.5" ry="5" fill="#FF9C78" opacity=".62"/><ellipse cx="87" cy="83" rx="7.5" ry="5" fill="#FF9C78" opacity=".62"/>'

export const CALM = {
  behind: '',
  before:
    '<circle cx="44" cy="73" r="4.2" fill="#3A231A"/><circle cx="76" cy="73" r="4.2" fill="#3A231A"/><circle cx="45.5" cy="71.5" r="1.4" fill="#fff"/><circle cx="77.5" cy="71.5" r="1.4" fill="#fff"/><path d="M54 80c2 4.5 10 4.5 12 0" fill="none" stroke="#3A231A" stroke-width="3" stroke-linecap="round"/>',
}

export type Mood = keyof typeof MOODS
export const STICKERS = ['feast', 'plus-one', 'thanks', 'want', 'who-else', 'yummy', 'arrived', 'good-night'] as const
