/** What is behind and before the mascot's body for each mood; loaded when one is shown. */
import { CALM } from './mascot'

export const MOODS = {
  feast: {
    behind: '<path d="M17 64C9 58 6 50 9 45M103 64c8-6 11-14 8-19" fill="none" stroke="#EDB896" stroke-width="13" stroke-linecap="round"/><path d="M17 64C9 58 6 50 9 45M103 64c8-6 11-14 8-19" fill="none" stroke="#FFF3E8" stroke-width="9.6" stroke-linecap="round"/>',
    before:
      '<path d="M38 75c2-5 10-5 12 0M70 75c2-5 10-5 12 0" fill="none" stroke="#3A231A" stroke-width="3.2" stroke-linecap="round"/><path d="M52 79h16c0 7-3.5 11-8 11s-8-4-8-11z" fill="#8E2A14"/><path d="M55.5 87c2.5-2.2 6.5-2.2 9 0-1.3 2-2.8 3-4.5 3s-3.2-1-4.5-3z" fill="#FF9B7B"/><g stroke-width="3.5" stroke-linecap="round"><path d="M14 24l4 5" stroke="#EE5A32"/><path d="M30 8l1 6" stroke="#F6B81A"/><path d="M104 14l-3 5" stroke="#3B54C4"/><path d="M113 34l-5 2" stroke="#2C7A4B"/><path d="M6 44l5 1" stroke="#8A2F6B"/></g>',
  },
  'plus-one': {
    behind: '<path d="M103 66c8-5 12-13 10-19" fill="none" stroke="#EDB896" stroke-width="13" stroke-linecap="round"/><path d="M103 66c8-5 12-13 10-19" fill="none" stroke="#FFF3E8" stroke-width="9.6" stroke-linecap="round"/>',
    before:
      '<circle cx="44" cy="73" r="4.2" fill="#3A231A"/><circle cx="76" cy="73" r="4.2" fill="#3A231A"/><circle cx="45.5" cy="71.5" r="1.4" fill="#fff"/><circle cx="77.5" cy="71.5" r="1.4" fill="#fff"/><path d="M54 80c2 4.5 10 4.5 12 0" fill="none" stroke="#3A231A" stroke-width="3" stroke-linecap="round"/><circle cx="19" cy="42" r="15" fill="#C93A17"/><text x="19" y="47.5" font-size="15" font-weight="700" text-anchor="middle" fill="#fff" font-family="sans-serif">+1</text>',
  },
  thanks: {
    behind: '',
    before:
      '<path d="M38 75c2-5 10-5 12 0M70 75c2-5 10-5 12 0" fill="none" stroke="#3A231A" stroke-width="3.2" stroke-linecap="round"/><path d="M54 80c2 4.5 10 4.5 12 0" fill="none" stroke="#3A231A" stroke-width="3" stroke-linecap="round"/><path d="M60 107c-8-5.5-11-9.5-11-13.5a5.8 5.8 0 0 1 11-2.5 5.8 5.8 0 0 1 11 2.5c0 4-3 8-11 13.5z" fill="#EE5A32"/><ellipse cx="47" cy="99" rx="6" ry="5" fill="#FFE9D9" stroke="#EDB896" stroke-width="1.5"/><ellipse cx="73" cy="99" rx="6" ry="5" fill="#FFE9D9" stroke="#EDB896" stroke-width="1.5"/><path d="M18 30c.8 5 2.5 6.8 7.5 7.5-5 .8-6.7 2.5-7.5 7.5-.8-5-2.5-6.7-7.5-7.5 5-.7 6.7-2.5 7.5-7.5zM104 22c.6 3.6 1.9 4.9 5.5 5.5-3.6.6-4.9 1.9-5.5 5.5-.6-3.6-1.9-4.9-5.5-5.5 3.6-.6 4.9-1.9 5.5-5.5z" fill="#F6B81A"/>',
  },
  want: {
    behind: '',
    before:
      '<path d="M44 79c-5-3.5-7-6-7-8.7a3.7 3.7 0 0 1 7-1.6 3.7 3.7 0 0 1 7 1.6c0 2.7-2 5.2-7 8.7z" fill="#EE5A32"/><path d="M76 79c-5-3.5-7-6-7-8.7a3.7 3.7 0 0 1 7-1.6 3.7 3.7 0 0 1 7 1.6c0 2.7-2 5.2-7 8.7z" fill="#EE5A32"/><path d="M52 79h16c0 7-3.5 11-8 11s-8-4-8-11z" fill="#8E2A14"/><path d="M55.5 87c2.5-2.2 6.5-2.2 9 0-1.3 2-2.8 3-4.5 3s-3.2-1-4.5-3z" fill="#FF9B7B"/><path d="M18 40c-5-3.5-7-6-7-8.5a3.6 3.6 0 0 1 7-1.5 3.6 3.6 0 0 1 7 1.5c0 2.5-2 5-7 8.5zM104 34c-4-2.8-5.5-4.8-5.5-6.8a2.9 2.9 0 0 1 5.5-1.2 2.9 2.9 0 0 1 5.5 1.2c0 2-1.5 4-5.5 6.8z" fill="#EE5A32"/>',
  },
  'who-else': {
    behind: '',
    before:
      '<circle cx="45" cy="70" r="4.2" fill="#3A231A"/><circle cx="75" cy="70" r="4.2" fill="#3A231A"/><circle cx="46.5" cy="68" r="1.5" fill="#fff"/><circle cx="76.5" cy="68" r="1.5" fill="#fff"/><ellipse cx="60" cy="84" rx="3.6" ry="4.6" fill="#8E2A14"/><text x="101" y="42" font-size="30" font-weight="700" text-anchor="middle" fill="#EE5A32" font-family="sans-serif">?</text>',
  },
  yummy: {
    behind: '',
    before:
      '<circle cx="44" cy="73" r="4.2" fill="#3A231A"/><circle cx="45.5" cy="71.5" r="1.4" fill="#fff"/><path d="M70 74c2-4 10-4 12 0" fill="none" stroke="#3A231A" stroke-width="3.2" stroke-linecap="round"/><path d="M52 79c3 5 13 5 16 0" fill="none" stroke="#3A231A" stroke-width="3" stroke-linecap="round"/><path d="M62 82.5c.5 5 2 7 4.5 6.5s3-3.5 1.5-8z" fill="#FF8A66"/><path d="M18 30c.8 5 2.5 6.8 7.5 7.5-5 .8-6.7 2.5-7.5 7.5-.8-5-2.5-6.7-7.5-7.5 5-.7 6.7-2.5 7.5-7.5zM104 22c.6 3.6 1.9 4.9 5.5 5.5-3.6.6-4.9 1.9-5.5 5.5-.6-3.6-1.9-4.9-5.5-5.5 3.6-.6 4.9-1.9 5.5-5.5z" fill="#F6B81A"/>',
  },
  arrived: {
    behind: '',
    before:
      '<circle cx="44" cy="73" r="4.2" fill="#3A231A"/><circle cx="76" cy="73" r="4.2" fill="#3A231A"/><circle cx="45.5" cy="71.5" r="1.4" fill="#fff"/><circle cx="77.5" cy="71.5" r="1.4" fill="#fff"/><path d="M54 80c2 4.5 10 4.5 12 0" fill="none" stroke="#3A231A" stroke-width="3" stroke-linecap="round"/><g transform="translate(41 93) scale(.86)"><rect width="44" height="28" rx="5" fill="#D9A066"/><path d="M0 9h44" stroke="#B97F45" stroke-width="2"/><rect x="18" width="8" height="14" fill="#F3D9B4"/></g>',
  },
  'good-night': {
    behind: '',
    before:
      '<path d="M38 73c2 4 10 4 12 0M70 73c2 4 10 4 12 0" fill="none" stroke="#3A231A" stroke-width="3" stroke-linecap="round"/><path d="M55 83c3-2 7-2 10 0" fill="none" stroke="#3A231A" stroke-width="3" stroke-linecap="round"/><path d="M92 34h9l-9 10h9M105 20h6.5l-6.5 7.5h6.5" fill="none" stroke="#3B54C4" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/>',
  },
  calm: CALM,
  empty: {
    behind: '<ellipse cx="60" cy="110" rx="54" ry="8" fill="#F3E2D4"/><ellipse cx="60" cy="108" rx="40" ry="4" fill="#E8CFBC"/>',
    before:
      '<circle cx="45" cy="70" r="4.2" fill="#3A231A"/><circle cx="75" cy="70" r="4.2" fill="#3A231A"/><circle cx="46.5" cy="68" r="1.5" fill="#fff"/><circle cx="76.5" cy="68" r="1.5" fill="#fff"/><ellipse cx="60" cy="84" rx="3.6" ry="4.6" fill="#8E2A14"/>',
  },
  sorry: {
    behind: '',
    before:
      '<circle cx="44" cy="75" r="3.6" fill="#3A231A"/><circle cx="76" cy="75" r="3.6" fill="#3A231A"/><path d="M38 67c3-1 6-3 8-5M82 67c-3-1-6-3-8-5" fill="none" stroke="#3A231A" stroke-width="2.4" stroke-linecap="round"/><path d="M53 87c3-4.5 11-4.5 14 0" fill="none" stroke="#3A231A" stroke-width="3" stroke-linecap="round"/>',
  },
} as const
