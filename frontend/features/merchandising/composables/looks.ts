/** How states look, and small sums of the desk. */
export const STATE_LOOKS: Record<string, string> = { DRAFT: '', PUBLISHED: 'c-chip--good', RETIRED: 'c-chip--line' }
export const REVIEW_LOOKS: Record<string, string> = {
  DRAFT: '', FIRST_CHECK: 'c-chip--info', SECOND_CHECK: 'c-chip--info', FINAL_APPROVAL: 'c-chip--plum', RETURNED: 'c-chip--warn', PUBLISHED: 'c-chip--good', DISCARDED: 'c-chip--line',
}
export const IMPORT_LOOKS: Record<string, string> = { WAITING: '', RUNNING: 'c-chip--info', DONE: 'c-chip--good', FAILED: 'c-chip--warn' }
export const LEVELS = ['FIRST_CHECK', 'SECOND_CHECK', 'FINAL_APPROVAL'] as const

export function fenOf(text: string): number | null {
  const found = /^\s*(\d{1,7})(?:\.(\d{1,2}))?\s*$/.exec(text)
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : null
}
export const yuanText = (minor: number | null): string => (minor === null ? '' : (minor / 100).toFixed(minor % 100 ? 2 : 0))

/** Something of a content in words, a line for each part of it; `name` says what a key is called. */
export function wordsOf(value: unknown, name: (key: string) => string = (key) => key): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value !== 'object') return String(value)
  return Object.entries(value).flatMap(([key, each]) => {
    const words = wordsOf(each, name)
    return words ? words.split('\n').map((line) => `${Array.isArray(value) ? Number(key) + 1 : name(key)} · ${line}`) : []
  }).join('\n')
}
