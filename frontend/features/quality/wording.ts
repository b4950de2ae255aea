/** Improvement cases in words: what they are called, and their figures. */
import { percent, t } from '@/shared/i18n'
import type { ImprovementFacts } from './api/desk'

export function titleOf(facts: Pick<ImprovementFacts, 'sign' | 'title' | 'subjectName'>): string {
  return facts.sign === 'PERSON' ? facts.title : t(`quality.sign.${facts.sign}`, { name: facts.subjectName })
}

/** A share is kept in basis points, a time in minutes. */
export function figureOf(facts: Pick<ImprovementFacts, 'sign'>, value: number | null): string {
  if (value === null) return '–'
  return facts.sign === 'HANDLING_TIME' ? t('quality.hours', { count: Math.round(value / 60) }) : percent(value / 10_000, 1)
}
